const everyMs = 1000

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, everyMs))
}

// Asks for the page again and puts in its progress, until the import is over; then shows the outcome. The region is
// "aria-live", and its announced text changes only with each quarter, so that nobody is talked over.
export async function followProgress(region: HTMLElement): Promise<void> {
  for (;;) {
    await pause()
    const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
    if (!answer?.ok) continue
    // Without its <style>: the nonce is not this page's, so the browser would refuse it and say so.
    const html = (await answer.text()).replace(/<style.*?<\/style>/gs, '')
    const page = new DOMParser().parseFromString(html, 'text/html')
    const fresh = page.querySelector<HTMLElement>('[data-progress]')
    if (!fresh) return window.location.reload()
    for (const part of region.querySelectorAll<HTMLElement>('[data-part]')) {
      const now = fresh.querySelector<HTMLElement>(`[data-part="${part.dataset.part}"]`)
      if (now && now.outerHTML !== part.outerHTML) part.replaceWith(now)
    }
  }
}
