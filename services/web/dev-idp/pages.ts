import type { DemoPerson } from './people'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(value: string): string {
  return value.replace(/[&<>"']/g, character => entities[character] ?? character)
}

const style = `
  body { margin: 0; font: 19px/1.4 arial, sans-serif; color: #0b0c0c; }
  header { padding: 12px 16px; color: #fff; background: #594d00; font-weight: bold; }
  main { max-width: 720px; margin: 0 auto; padding: 16px; }
  h1 { font-size: 32px; margin: 16px 0; } h2 { font-size: 24px; margin: 24px 0 8px; }
  ul { margin: 0; padding: 0; list-style: none; }
  li { margin: 0 0 8px; }
  button { width: 100%; padding: 10px 14px; border: 2px solid #0b0c0c; color: #0b0c0c; background: #fff; font: inherit; text-align: left; cursor: pointer; }
  button span { display: block; font-size: 16px; color: #484949; }
  button:hover { background: #f3f2f1; } button:focus { outline: 3px solid #fd0; outline-offset: 0; background: #fd0; }
`

function page(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head><body><header>Development sign-in: invented people, no password</header><main><h1>${escape(title)}</h1>${body}</main></body></html>`
}

// Who to be: a button for each person, by role.
export function choosePage(action: string, people: readonly DemoPerson[]): string {
  const groups = Object.entries(Object.groupBy(people, person => person.role))
  const lists = groups.map(([role, members]) => `<h2>${escape(role)}</h2><ul>${(members ?? []).map(button).join('')}</ul>`)
  return page('Who are you today?', `<form method="post" action="${escape(action)}">${lists.join('')}</form>`)
}

function button(person: DemoPerson): string {
  return `<li><button name="sub" value="${escape(person.sub)}">${escape(person.name)}<span>${escape(person.title)}</span></button></li>`
}

// oidc-provider makes the form; sending it at once is what a person who pressed "Sign out" expects.
export function signOutPage(form: string, nonce: string): string {
  return page(
    'Sign out',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out of the development provider too</button><script nonce="${nonce}">document.querySelector('button[name=logout]').click()</script>`,
  )
}

export function signedOutPage(): string {
  return page('You are signed out', '<p>You can close this window.</p>')
}

export function errorPage(message: string): string {
  return page('Signing in did not work', `<p>${escape(message)}</p><p>Go back to Pathways and try again.</p>`)
}
