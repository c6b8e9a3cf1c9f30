// An object as the lab's list shows it: its state in the words of kubectl's table, so that the list and the terminal
// never disagree.
import { dictionary } from '../../engine/dictionary.ts'
import { columnsOf } from '../../kinds/columns.ts'
import { kindOf } from '../../kinds/index.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { pieces } from '../lib/output-words.ts'
import type { ObjectRow, Tone } from './protocol.ts'

type Cells = Readonly<Record<string, string | number | boolean | null>>

/** Which cells say how it goes, by kind; others show their Status, if they have one. */
const states: Record<string, (cells: Cells) => string> = dictionary({
  Deployment: cells => String(cells.Ready),
  StatefulSet: cells => String(cells.Ready),
  ReplicaSet: cells => `${cells.Ready}/${cells.Desired}`,
  ReplicationController: cells => `${cells.Ready}/${cells.Desired}`,
  DaemonSet: cells => `${cells.Ready}/${cells.Desired}`,
  Job: cells => `${cells.Completions}`,
  CronJob: cells => String(cells.Schedule),
  Service: cells => `${cells.Type} ${cells['Cluster-IP']}`,
  EndpointSlice: cells => String(cells.Endpoints),
  Endpoints: cells => String(cells.Endpoints),
  ConfigMap: cells => String(cells.Data),
  Secret: cells => String(cells.Type),
})

const toneOf = (state: string): Tone => {
  const counted = /^(\d+)\/(\d+)$/.exec(state)
  if (counted) return counted[1] === counted[2] ? (counted[2] === '0' ? 'none' : 'good') : 'wait'
  const tone = pieces(state)[0]?.tone
  return tone === 'good' || tone === 'wait' || tone === 'bad' ? tone : state === 'Ready' ? 'good' : 'none'
}

export function rowOf(object: AnyObject, now: number): ObjectRow {
  const { metadata } = object
  const served = kindOf(object)
  const cells: Record<string, string | number | boolean | null> = {}
  if (served) {
    const values = served.kind.row?.(object as never, { now }) ?? []
    for (const [index, column] of columnsOf(served.resource).entries())
      cells[column.name] = values[index] ?? null
  }
  const state = states[object.kind]?.(cells) ?? (typeof cells.Status === 'string' ? cells.Status : '')
  const owner = metadata.ownerReferences?.find(each => each.controller)?.uid
  const pod = object.kind === 'Pod'
  const restarts = pod ? Number.parseInt(String(cells.Restarts ?? 0), 10) : 0
  const notReady = pod && state === 'Running' && /^(\d+)\/(?!\1$)/.test(String(cells.Ready))
  return {
    uid: metadata.uid ?? `${object.kind}/${metadata.namespace}/${metadata.name}`,
    kind: object.kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    state,
    tone: notReady ? 'wait' : toneOf(state),
    ...(owner && { owner }),
    ...(pod && { note: restarts ? `${cells.Ready} ↻${restarts}` : String(cells.Ready ?? '') }),
  }
}
