import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { AccessEntrySchema } from '../../gen/pathways/common/v1/access_pb'
import type { RegistryService } from '../../gen/pathways/registry/v1/service_pb'
import { people, type DemoPerson } from '../../dev-idp/people'
import { schools, type StubPupil } from './data'
import { enter, notFound, pageOf, sees, type World } from './world'

function wire(person: DemoPerson) {
  return { personId: person.sub, name: person.name, roles: person.roles, urns: person.urns, laCodes: person.la_codes, title: person.title }
}

function nameOf(pupil: StubPupil) {
  const { pupilId, surname, forename, yearGroup, upn, urn } = pupil
  return { pupilId, surname, forename, yearGroup, upn, urn }
}

export function accessEntries(service: string, count: number) {
  return Array.from({ length: count }, (_, index) =>
    create(AccessEntrySchema, {
      at: new Date(Date.UTC(2026, 10, 20, 9, 0) - index * 3_700_000).toISOString(),
      personId: people[index % 5]?.sub,
      personName: people[index % 5]?.name,
      role: people[index % 5]?.roles[0],
      action: service === 'attendance' ? 'read attendance' : service === 'registry' ? 'read the pupil record' : 'read an Early Help request',
      purpose: 'GetPupil',
      urn: 900001,
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      service,
    }),
  )
}

export function registry(world: World): Partial<ServiceImpl<typeof RegistryService>> {
  const find = (person: DemoPerson, pupilId: string) => world.pupils.find(pupil => pupil.pupilId === pupilId && sees(person, pupil.urn))
  return {
    exchangeIdentity(request) {
      if (world.down.has('registry')) throw new ConnectError('down', Code.Unavailable)
      const payload = (request.proof.value ?? '').split('.')[1] ?? ''
      const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string }
      const person = people.find(one => one.sub === sub)
      if (!person) throw new ConnectError('unknown person', Code.PermissionDenied)
      return { token: `stub.${sub}`, expiresAt: '2026-11-24T09:30:00Z', person: wire(person) }
    },
    listSchools(request, context) {
      const person = enter(world, 'registry', context)
      const found = schools.filter(school => sees(person, school.urn) && school.name.toLowerCase().includes(request.query.toLowerCase()))
      const { rows, nextPageToken } = pageOf(found, request.pageSize, request.pageToken)
      return { schools: rows.map(school => ({ ...school, onRoll: school.headcount - 3 })), total: found.length, nextPageToken }
    },
    getSchool(request, context) {
      const person = enter(world, 'registry', context)
      const school = schools.find(({ urn }) => urn === request.urn && sees(person, urn))
      if (!school) throw notFound('school')
      return { school: { ...school, onRoll: school.headcount - 3 } }
    },
    getPupil(request, context) {
      const person = enter(world, 'registry', context)
      const pupil = find(person, request.pupilId)
      if (!pupil) throw notFound('pupil')
      const schoolName = schools.find(({ urn }) => urn === pupil.urn)?.name ?? ''
      return {
        pupil: {
          ...nameOf(pupil),
          dateOfBirth: pupil.dateOfBirth,
          sex: pupil.sex,
          senProvision: pupil.senProvision,
          pupilPremium: pupil.pupilPremium,
          freeSchoolMeals: pupil.pupilPremium,
          englishAdditionalLanguage: false,
          lookedAfter: pupil.lookedAfter,
          enrolments: [{ enrolmentId: pupil.enrolmentId, urn: pupil.urn, schoolName, entryDate: '2024-09-03', leavingDate: '', enrolmentStatus: 'C' }],
        },
      }
    },
    getPupilNames(request, context) {
      const person = enter(world, 'registry', context)
      return { names: request.pupilIds.flatMap(id => find(person, id) ?? []).map(nameOf) }
    },
    searchPupils(request, context) {
      const person = enter(world, 'registry', context)
      const query = request.query.toLowerCase()
      const found = world.pupils.filter(
        pupil => sees(person, pupil.urn) && (`${pupil.forename} ${pupil.surname}`.toLowerCase().includes(query) || pupil.upn.toLowerCase() === query),
      )
      const { rows, nextPageToken } = pageOf(found, request.pageSize || 25, request.pageToken)
      return { pupils: rows.map(nameOf), nextPageToken }
    },
    getPeople(request, context) {
      enter(world, 'registry', context)
      return { people: people.filter(({ sub }) => request.personIds.includes(sub)).map(wire) }
    },
    listPeople(request, context) {
      enter(world, 'registry', context)
      return { people: people.filter(({ roles }) => roles.includes(request.role)).map(wire) }
    },
    listAccessHistory(request, context) {
      enter(world, 'registry', context)
      const { rows, nextPageToken } = pageOf(accessEntries('registry', 70), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
  }
}
