import type { ServiceImpl } from '@connectrpc/connect'
import type { PanelService } from '../../gen/pathways/panel/v1/service_pb'
import { enter, pageOf, type World } from './world'

export function panelPlaces(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    listPlacements(request, context) {
      enter(world, 'panel', context)
      const all = [...world.panel.placements.values()].filter(one => !request.caseId || one.caseId === request.caseId)
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { placements: rows, nextPageToken, total: BigInt(all.length) }
    },
  }
}
