import type { Person as WirePerson } from '../../gen/pathways/registry/v1/service_pb'

export const roleNames = {
  school: 'School staff',
  inclusion_officer: 'Inclusion officer',
  early_help_worker: 'Early Help worker',
  manager: 'Manager',
  data_protection_officer: 'Data protection officer',
  administrator: 'Administrator',
  panel_clerk: 'Panel clerk',
  panel_chair: 'Panel chair',
  panel_member: 'Panel member',
  provider: 'Alternative provider',
} as const

export type Role = keyof typeof roleNames

export interface Person {
  id: string
  name: string
  title: string
  roles: Role[]
  urns: number[]
  laCodes: number[]
  // Names of the schools in `urns`, for the header.
  schoolNames: string[]
}

// What the pages offer to whom. The services decide by themselves on every call; this only keeps people from being
// offered what they would be refused.
const abilities = {
  seePupils: ['school', 'inclusion_officer', 'early_help_worker', 'manager', 'panel_clerk', 'panel_chair'],
  findPupils: ['school', 'inclusion_officer', 'early_help_worker', 'manager', 'data_protection_officer', 'panel_clerk', 'panel_chair'],
  seeAttendance: ['school', 'inclusion_officer', 'early_help_worker', 'manager'],
  seeProposals: ['school', 'inclusion_officer', 'early_help_worker', 'manager'],
  seeRequests: ['school', 'inclusion_officer', 'early_help_worker', 'manager'],
  // What schools write is for those on the case.
  readWords: ['school', 'inclusion_officer', 'early_help_worker'],
  writeRequests: ['school'],
  triage: ['early_help_worker', 'inclusion_officer'],
  decideProposals: ['school', 'inclusion_officer'],
  seeExclusions: ['school', 'inclusion_officer', 'manager'],
  // What the head teacher decides and changes.
  recordExclusions: ['school'],
  // Steps done, and what board and panel decided.
  keepClock: ['school', 'inclusion_officer'],
  // Templates of letters, for the whole authority.
  editLetters: ['inclusion_officer'],
  // Proposals of help before an exclusion; their weights and whom they reach; the draft of weights.
  seeRisk: ['school', 'inclusion_officer'],
  decideRisk: ['inclusion_officer'],
  auditRisk: ['inclusion_officer', 'manager'],
  setRiskWeights: ['manager'],
  seePanel: ['school', 'inclusion_officer', 'manager', 'panel_clerk', 'panel_chair', 'panel_member'],
  seeSittings: ['inclusion_officer', 'manager', 'panel_clerk', 'panel_chair', 'panel_member'],
  // What is written in a case and its files; members read the sealed pack.
  readPanelWords: ['school', 'inclusion_officer', 'panel_clerk', 'panel_chair', 'panel_member'],
  // A case: what is written, and its end.
  referToPanel: ['school', 'inclusion_officer', 'panel_clerk'],
  // Sittings and agendas; decisions as they are taken.
  managePanel: ['panel_clerk', 'panel_chair'],
  sitOnPanel: ['panel_clerk', 'panel_chair', 'panel_member'],
  signOffDecisions: ['panel_chair'],
  // What panels agreed that somebody does.
  seeTasks: ['school', 'inclusion_officer', 'early_help_worker', 'manager', 'panel_clerk', 'panel_chair', 'panel_member', 'provider'],
  seePlacements: ['school', 'inclusion_officer', 'manager', 'panel_clerk', 'panel_chair', 'provider'],
  seeProviders: ['inclusion_officer', 'manager', 'panel_clerk', 'panel_chair'],
  offerPlaces: ['inclusion_officer', 'panel_clerk'],
  // What happens at a place: by the provider for its own, and by the authority.
  keepPlacements: ['inclusion_officer', 'panel_clerk', 'provider'],
  // An offer: the provider, or the school that takes the pupil; the authority for either.
  answerOffers: ['school', 'inclusion_officer', 'panel_clerk', 'provider'],
  // Providers, their checks and programmes.
  keepProviders: ['inclusion_officer', 'panel_clerk'],
  // The plan for a return to school; the authority keeps that it is agreed.
  writeReturns: ['school', 'inclusion_officer', 'panel_clerk', 'panel_chair', 'provider'],
  agreeReturns: ['inclusion_officer', 'panel_clerk', 'panel_chair'],
  // Fairness of the panel: a school sees its own part and the whole.
  seeImpact: ['school', 'inclusion_officer', 'manager'],
  seeEffects: ['inclusion_officer', 'manager'],
  upload: ['school', 'inclusion_officer'],
  exportFigures: ['school', 'inclusion_officer', 'manager'],
  // Numbers the authority sets for itself.
  setForAuthority: ['manager', 'administrator'],
  seeAccessHistory: ['data_protection_officer'],
} as const satisfies Record<string, readonly Role[]>

export type Ability = keyof typeof abilities

export function can(person: Pick<Person, 'roles'>, ability: Ability): boolean {
  return person.roles.some(role => (abilities[ability] as readonly Role[]).includes(role))
}

export function isSchool(person: Pick<Person, 'roles'>): boolean {
  return person.roles.includes('school')
}

function isRole(name: string): name is Role {
  return Object.hasOwn(roleNames, name)
}

export function toPerson(wire: WirePerson, schoolNames: string[]): Person {
  return {
    id: wire.personId,
    name: wire.name,
    title: wire.title,
    roles: wire.roles.filter(isRole),
    urns: [...wire.urns],
    laCodes: [...wire.laCodes],
    schoolNames,
  }
}

// The role to show for a role's code from elsewhere, such as an access history.
export function roleName(code: string): string {
  return isRole(code) ? roleNames[code] : code.replaceAll('_', ' ')
}
