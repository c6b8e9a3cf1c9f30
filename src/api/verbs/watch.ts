// GET with watch=true: from a version on, or from now with everything there is first; bookmarks; 410 where the version
// is forgotten. Rules: k8s.io/apiserver/pkg/storage/cacher and endpoints/handlers/watch.go.
import type { Call } from '../call.ts'
import { failure, invalid } from '../errors.ts'
import { filterOf } from '../selectors.ts'
import type { Stored } from '../store.ts'
import type { Status, Watch, WatchEvent } from '../types.ts'
import { table, viewObject } from '../view.ts'
import type { WatchEventType } from '../watchers.ts'
import { versionFault } from './versions.ts'

/** How often a watch that asked for bookmarks gets one (cacher.go). */
const bookmarkMs = 60_000

export function watch(call: Call, onEvent: (event: WatchEvent) => void, onEnd?: () => void): Watch {
  const { query, server } = call
  const { engine, store } = server
  const filter = filterOf(call.resource, call.namespace, call.name, query)
  const { watchers, history } = call.table
  const from = query.resourceVersion ?? ''
  const fault = versionFault(from)
  if (fault) throw invalid({ group: call.resource.group, kind: call.resource.plural }, '', [fault])
  const initial =
    query.sendInitialEvents === 'true' ||
    (query.sendInitialEvents === undefined && (from === '' || from === '0'))
  const asTable = call.request.accept === 'table'
  let header = true

  const bookmark = (annotations?: Record<string, string>) => {
    const { kind, apiVersion } = call.resource
    const metadata = {
      name: '',
      resourceVersion: String(store.revision),
      creationTimestamp: null,
      ...(annotations && { annotations }),
    }
    onEvent({ type: 'BOOKMARK', object: { kind, apiVersion, metadata } as never })
  }
  const deliver = (type: WatchEventType, stored: Stored) => {
    if (!asTable) return onEvent({ type, object: viewObject(call, stored) })
    const { resourceVersion } = stored.object.metadata
    onEvent({ type, object: table(call, [stored], { resourceVersion }, header) as never })
    header = false
  }
  const watcher = watchers.add(filter, deliver)
  const timers: { cancel(): void }[] = []
  const stop = () => {
    watchers.remove(watcher)
    for (const timer of timers) timer.cancel()
  }

  if (initial) {
    for (const stored of call.table.list(filter.namespace))
      if (watcher.sees(stored.object)) watcher.push('ADDED', stored)
  } else {
    const events = history.after(Number(from))
    if (!events) {
      const message = `too old resource version: ${from} (${history.oldest})`
      const status: Status = failure(410, 'Expired', message).status
      timers.push(engine.after(0, () => onEvent({ type: 'ERROR', object: status })))
      return { stop }
    }
    for (const event of events) watcher.offer(event)
  }
  if (query.sendInitialEvents === 'true')
    timers.push(engine.after(2, () => bookmark({ 'k8s.io/initial-events-end': 'true' })))
  if (query.allowWatchBookmarks === 'true') {
    const next = () => {
      timers[0] = engine.after(bookmarkMs, again, { background: true })
    }
    const again = () => {
      bookmark()
      next()
    }
    timers.unshift({ cancel: () => {} })
    next()
  }
  const seconds = Number(query.timeoutSeconds ?? 0)
  if (seconds > 0)
    timers.push(
      engine.after(
        seconds * 1000,
        () => {
          stop()
          onEnd?.()
        },
        { background: true },
      ),
    )
  return { stop }
}
