import { Agent, request } from 'node:http'

// Asks at a constant rate, whether or not earlier answers have come, and counts each from the moment it was due: a server
// that falls behind cannot hide it by being asked later.
export async function latencies(address: string, headers: Record<string, string>, perSecond: number, count: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const start = performance.now() + 10
  const answers = Array.from({ length: count }, async (_, number) => {
    const due = start + (number * 1000) / perSecond
    await new Promise(resolve => setTimeout(resolve, Math.ceil(due - performance.now())))
    await whole(address, headers, agent)
    return performance.now() - due
  })
  try {
    return await Promise.all(answers)
  } finally {
    agent.destroy()
  }
}

function whole(address: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent, headers }, answer => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`${address} answered ${answer.statusCode}`))
      })
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}

export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN
}
