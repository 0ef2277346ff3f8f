import type { PupilName, SearchPupilsResponse } from '../../../../gen/pathways/registry/v1/service_pb'
import { href } from '../../../components/query'
import { listName, yearGroup } from '../../../text/words'

export interface FoundPupil {
  href: string
  name: string
  yearGroup: string
  school: string
  upn: string
}

function found(pupil: PupilName, schools: Map<number, string>, seesPupils: boolean, here: string): FoundPupil {
  const path = seesPupils ? `/pupils/${pupil.pupilId}` : `/pupils/${pupil.pupilId}/access-history`
  return {
    href: href(path, { from: here }),
    name: listName(pupil),
    yearGroup: yearGroup(pupil.yearGroup),
    school: schools.get(pupil.urn) ?? '',
    upn: pupil.upn,
  }
}

export function presentSearch(
  answer: SearchPupilsResponse | undefined,
  schools: Map<number, string>,
  seesPupils: boolean,
  here: string,
): FoundPupil[] | undefined {
  return answer?.pupils.map(pupil => found(pupil, schools, seesPupils, here))
}
