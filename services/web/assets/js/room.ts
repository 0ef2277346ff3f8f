// Keeps the page of an open sitting up to date. The server says that something changed; the page is fetched again and its parts are put in, except one
// that somebody is writing in.

const words: Record<string, string> = { agenda: 'the agenda', decisions: 'the decisions', places: 'the free places' }

const refusedMs = 5_000

function isBusy(part: HTMLElement): boolean {
  if (part.contains(document.activeElement)) return true
  return [...part.querySelectorAll<HTMLInputElement>('input[type=checkbox], input[type=radio]')].some(({ checked, defaultChecked }) => checked !== defaultChecked)
}

async function freshPage(): Promise<Document | undefined> {
  const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return undefined
  // Without its <style>: the nonce is not this page's, so the browser would refuse it and say so.
  const html = (await answer.text()).replace(/<style.*?<\/style>/gs, '')
  return new DOMParser().parseFromString(html, 'text/html')
}

export function followRoom(region: HTMLElement): void {
  const show = (name: string, shown: boolean) => {
    const found = region.querySelector<HTMLElement>(`[data-room-${name}]`)
    if (found) found.hidden = !shown
  }
  const say = (text: string) => {
    const said = region.querySelector<HTMLElement>('[data-room-said]')
    if (said) said.textContent = text
  }

  async function refresh(changed: string[]): Promise<void> {
    const fresh = await freshPage()
    if (!fresh) return show('lost', true)
    let busy = false
    for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
      const now = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset.live}"]`)
      if (!now || now.outerHTML === part.outerHTML) continue
      if (isBusy(part)) busy = true
      else part.replaceWith(now)
    }
    show('notice', busy)
    say(`Changed: ${changed.map(part => words[part] ?? part).join(', ')}.`)
  }

  // One after the other: what comes meanwhile is in the next.
  let waiting: Set<string> | undefined
  async function next(parts: string[]): Promise<void> {
    if (waiting) {
      for (const part of parts) waiting.add(part)
      return
    }
    waiting = new Set()
    await refresh(parts)
    const missed = [...waiting]
    waiting = undefined
    if (missed.length > 0) await next(missed)
  }

  // What this page has been told, so that nothing is missed between two connections.
  const address = new URL(region.dataset.room ?? '', window.location.href)
  let source: EventSource | undefined

  function connect(): void {
    source = new EventSource(address)
    source.addEventListener('open', () => show('lost', false))
    source.addEventListener('changed', event => {
      const { data, lastEventId } = event as MessageEvent<string>
      address.searchParams.set('seen', lastEventId)
      void next(data.split(','))
    })
    // A browser connects again by itself when the line breaks, but gives up when it is refused, as while the service restarts.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return
      show('lost', true)
      setTimeout(connect, refusedMs)
    })
  }

  connect()
  window.addEventListener('pagehide', () => source?.close())
}
