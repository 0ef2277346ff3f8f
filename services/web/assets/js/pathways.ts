// Enhancement only: every page works without this.
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend'
import { followProgress } from './progress'
import { followRoom } from './room'

createAll(Button, { preventDoubleClick: true })
createAll(CharacterCount)
createAll(Checkboxes)
createAll(ErrorSummary)
createAll(NotificationBanner)
createAll(Radios)
createAll(ServiceNavigation)
createAll(SkipLink)

const progress = document.querySelector<HTMLElement>('[data-progress]')
if (progress) void followProgress(progress)
const room = document.querySelector<HTMLElement>('[data-room]')
if (room) followRoom(room)
for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
