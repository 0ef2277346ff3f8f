import { pageView } from '../../components/pageView'
import type { Home } from './presenter'

export function homeView(home: Home) {
  return { ...pageView('What needs you'), ...home }
}
