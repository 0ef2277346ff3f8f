import { errorSummary, type FieldErrors } from './errors'

// What every page needs. The layout writes the title with "Error: " before it when something is wrong.
export interface PageView {
  title: string
  backLink?: { href: string; text: string }
  errorSummary?: ReturnType<typeof errorSummary>
}

export function pageView(title: string, options: { back?: { href: string; text: string }; errors?: FieldErrors } = {}): PageView {
  return { title, backLink: options.back, errorSummary: errorSummary(options.errors ?? {}) }
}
