import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { AccessEntrySchema } from '../../../gen/pathways/common/v1/access_pb'
import { presentHistory } from './presenter'

test('Who looked is named as then, else as now, else by what they are', () => {
  const whoIs = (entry: Parameters<typeof create<typeof AccessEntrySchema>>[1]) => presentHistory(create(AccessEntrySchema, entry), new Map(), new Map([['a', 'Amara Osei']])).who
  expect(whoIs({ personId: 'a', personName: 'Amara Old-Name', role: 'school' })).toBe('Amara Old-Name')
  expect(whoIs({ personId: 'a', role: 'school' })).toBe('Amara Osei')
  expect(whoIs({ personId: 'gone', role: 'school' })).toBe('A person who is no longer known')
  expect(whoIs({ role: 'operator' })).toBe('Whoever runs Pathways, by command')
  expect(whoIs({ personId: 'x', role: 'service' })).toBe('Pathways itself')
})

test('An entry is fit to be read by a family', () => {
  const entry = create(AccessEntrySchema, { at: '2026-11-20T09:05:00Z', personName: 'Priya Raman', role: 'inclusion_officer', action: 'read attendance', urn: 900001, service: 'attendance' })
  expect(presentHistory(entry, new Map([[900001, 'Millbrook']]), new Map())).toEqual({
    when: '20 November 2026 at 9:05am',
    who: 'Priya Raman',
    role: 'Inclusion officer',
    what: 'Read attendance',
    school: 'Millbrook',
    where: 'Attendance',
  })
})
