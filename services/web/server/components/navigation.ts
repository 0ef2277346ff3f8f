import { can, isSchool, roleNames, type Person } from '../auth/person'

interface Item {
  text: string
  href: string
  active: boolean
}

// Service navigation: what this person's roles are for, nothing else.
export function navigation(person: Person, path: string): Item[] {
  const items = [{ text: 'Home', href: '/' }]
  if (can(person, 'seeAttendance')) {
    const [only] = person.urns
    const own = isSchool(person) && person.urns.length === 1 && only !== undefined
    items.push(own ? { text: 'Attendance', href: `/schools/${only}` } : { text: 'Schools', href: '/schools' })
  }
  if (can(person, 'seeProposals')) items.push({ text: 'Proposals', href: '/proposals' })
  if (can(person, 'seeRequests')) items.push({ text: can(person, 'triage') ? 'Early Help queue' : 'Early Help requests', href: '/requests' })
  if (can(person, 'seeExclusions')) items.push({ text: 'Exclusions', href: '/exclusions' })
  if (person.roles.includes('manager')) items.push({ text: 'Trends', href: '/exclusions/trends' })
  if (can(person, 'seePanel')) items.push({ text: 'Panel', href: '/panel/cases' })
  else if (can(person, 'seePlacements')) items.push({ text: 'Placements', href: '/panel/placements' })
  if (can(person, 'upload')) items.push({ text: 'Registers', href: '/imports' })
  if (can(person, 'findPupils')) items.push({ text: 'Find a pupil', href: '/pupils' })
  if (can(person, 'setForAuthority')) items.push({ text: 'Settings', href: '/settings' })
  // The longest that fits: a page below another is its own place.
  const active = items.filter(item => isActive(item.href, path)).toSorted((one, other) => other.href.length - one.href.length).at(0)
  return items.map(item => ({ ...item, active: item === active }))
}

function isActive(target: string, path: string): boolean {
  if (target.startsWith('/panel/')) return path.startsWith('/panel/')
  return target === '/' ? path === '/' : path === target || path.startsWith(`${target}/`)
}

// "Attendance lead, Millbrook Community School" or "Inclusion officer".
export function whoAmI(person: Person): { name: string; role: string } {
  const role = person.title || person.roles.map(role => roleNames[role]).join(', ')
  const schools = person.schoolNames.length > 2 ? `${person.schoolNames.length} schools` : person.schoolNames.join(' and ')
  return { name: person.name, role: [role, schools].filter(Boolean).join(', ') }
}
