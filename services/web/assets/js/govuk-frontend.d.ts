// govuk-frontend brings no types. What this uses of it:
declare module 'govuk-frontend' {
  export function createAll(component: unknown, config?: Record<string, unknown>): void
  export const Button: unknown
  export const CharacterCount: unknown
  export const Checkboxes: unknown
  export const ErrorSummary: unknown
  export const NotificationBanner: unknown
  export const Radios: unknown
  export const ServiceNavigation: unknown
  export const SkipLink: unknown
}
