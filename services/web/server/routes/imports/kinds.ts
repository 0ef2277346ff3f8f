import type { ImportReport } from '../../../gen/pathways/common/v1/import_pb'
import type { Person } from '../../auth/person'
import { fileDeadlineMs, type Clients } from '../../clients/clients'
import { exclusionTabs } from '../exclusions/tabs'

// Files of different kinds go one way: sent, checked, reviewed, corrected. A kind says whose they are and what they are
// called.
export interface ImportKind {
  path: string
  // The service that takes it; all have the same four calls.
  service: 'attendance' | 'exclusions'
  words: { plural: string; sent: string; none: string; send: string; intro: string; file: string; hint: string; from: string; records: string; seeText: string }
  // Where to see what came of it at a school.
  seeHref: (urn: number) => string
  // Where the list of its files stands beside other lists.
  tabs?: (person: Person) => { text: string; href: string; active: boolean }[]
  template: { name: string; content: string }
}

export const registers: ImportKind = {
  path: '/imports',
  service: 'attendance',
  words: {
    plural: 'Registers',
    sent: 'Registers sent',
    none: 'No register has been sent yet.',
    send: 'Send a register',
    intro: 'Export the marks from your school’s system as CSV. The same file sent twice changes nothing; a mark that differs from an earlier one corrects it, and the earlier one is kept.',
    file: 'Register file',
    hint: 'One row a mark, or one row a day with am and pm.',
    from: 'Select the school the register is from',
    records: 'Marks',
    seeText: 'see the school’s attendance',
  },
  seeHref: urn => `/schools/${urn}`,
  // Columns of docs/reference: one row a school day. UPNs that are valid but invented.
  template: { name: 'register-template.csv', content: ['upn,date,am,pm', 'Y001234500001,2026-11-23,/,\\', 'Y001234500001,2026-11-24,I,I', ''].join('\r\n') },
}

export const suspensions: ImportKind = {
  path: '/exclusions/imports',
  service: 'exclusions',
  words: {
    plural: 'Files of exclusions',
    sent: 'Files of exclusions sent',
    none: 'No file of exclusions has been sent yet.',
    send: 'Send a file of exclusions',
    intro: 'Export suspensions and permanent exclusions from your school’s system as CSV. The same file sent twice changes nothing; a row with the same pupil, kind and first day changes that exclusion, and what it was stays in its history.',
    file: 'File of exclusions',
    hint: 'One row an exclusion.',
    from: 'Select the school the file is from',
    records: 'Exclusions',
    seeText: 'see the school’s exclusions',
  },
  seeHref: urn => `/exclusions/list?school=${urn}`,
  tabs: person => exclusionTabs(person, 'imports'),
  template: {
    name: 'suspensions-template.csv',
    content: [
      'urn,upn,kind,start_date,start_session,end_date,sessions,reason1,reason2,reason3',
      '900001,Y001234500001,SUSP,2026-11-23,AM,2026-11-24,4,DB,,',
      '900001,Y001234500001,LNCH,2026-11-26,,,1,PP,,',
      '',
    ].join('\r\n'),
  },
}

type Chunks = Parameters<Clients['attendance']['importRegister']>[0]

export function sendImport(clients: Clients, kind: ImportKind, chunks: Chunks): Promise<ImportReport> {
  const options = { timeoutMs: fileDeadlineMs }
  return kind.service === 'attendance' ? clients.attendance.importRegister(chunks, options) : clients.exclusions.importSuspensions(chunks, options)
}

interface ImportPage {
  imports: ImportReport[]
  nextPageToken: string
}

export function listImports(clients: Clients, kind: ImportKind, page: { pageSize: number; pageToken: string }): Promise<ImportPage> {
  return kind.service === 'exclusions' ? clients.exclusions.listImports(page) : clients.attendance.listImports(page)
}
