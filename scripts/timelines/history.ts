// What a timeline tells of one object: the states it passes through (conditions with their reasons, phases, numbers,
// taints …), consecutive equal ones taken as one, each with who brought it about and when; and the events about it.
// The recorder is fed by a recording or by a watch of the simulated cluster; both come out in the same form.

type Json = any

/** Something that was observed, and when (ms since the timeline began). */
export interface Step {
  readonly t: number
  /** Of an event: `component reason: message`. */
  readonly state: string
  /** The field managers whose entry changed; none where nothing but the time within one second did. */
  readonly by: readonly string[]
  /** Of an event: how often it was counted, in the end. */
  readonly count: number
}

export interface History {
  readonly kind: string
  /** Interchangeable objects, whose names end in made-up letters, have one name here. */
  readonly name: string
  readonly states: Step[]
  readonly events: Step[]
}

const madeUp = /-[bcdf-hj-np-tv-z2456789]{5}$/

export class Recorder {
  readonly #histories = new Map<string, History>()
  readonly #last = new Map<string, string>()

  readonly #end: number

  /** `seeds`: objects that are there before anything is recorded; `end`: events are counted no further than that. */
  constructor(seeds: readonly Json[], end = Number.POSITIVE_INFINITY) {
    this.#end = end
    for (const seed of seeds) this.#last.set(`${seed.kind} ${seed.metadata.name}`, stateOf(seed.kind, seed))
  }

  get histories(): History[] {
    return [...this.#histories.values()]
  }

  add(t: number, type: string, object: Json, by: readonly string[]): void {
    const { kind, metadata } = object
    if (kind === 'Event') {
      this.#event(t, object)
      return
    }
    const history = this.#of(kind, metadata.name)
    const state = type === 'DELETED' ? 'gone' : stateOf(kind, object)
    if (this.#last.get(`${kind} ${metadata.name}`) === state) return
    this.#last.set(`${kind} ${metadata.name}`, state)
    history.states.push({ t, state, by, count: 1 })
  }

  #event(t: number, event: Json): void {
    const { involvedObject, reason, source, reportingComponent } = event
    const { events } = this.#of(involvedObject.kind, involvedObject.name)
    const state = `${source?.component ?? reportingComponent} ${event.type} ${reason}: ${masked(event.message)}`
    const count = event.count ?? event.series?.count ?? 1
    const index = events.findIndex(e => e.state === state)
    if (index < 0) events.push({ t, state, by: [], count })
    // A burst that was told apart by names that are masked here counts together.
    else if (t <= this.#end)
      events[index] = { ...events[index]!, count: Math.max(count, events[index]!.count) }
  }

  #of(kind: string, name: string): History {
    const key = `${kind} ${name}`
    let history = this.#histories.get(key)
    if (!history) {
      const shown = kind === 'Node' ? name : name.replace(madeUp, '-<id>')
      this.#histories.set(key, (history = { kind, name: shown, states: [], events: [] }))
    }
    return history
  }
}

/** A message without what differs between two runs of one real cluster: names, addresses, durations, sizes. */
export const masked = (message: string): string =>
  message
    .replace(/-[bcdf-hj-np-tv-z2456789]{5}(?=["',: )_]|$)/gm, '-<id>')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uid>')
    .replace(/\b(\d+h)?(\d+m)?\d+(\.\d+)?m?s\b/g, '<duration>')
    .replace(/20\.[12]\.\d+\.\d+/g, '<ip>')
    .replace(/Image size: \d+/, 'Image size: <bytes>')
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+( \+0000 UTC|Z)/g, '<time>')

function stateOf(kind: string, object: Json): string {
  const { metadata, spec = {}, status = {} } = object
  const because = ({ reason, message }: Json) =>
    reason || message ? `(${reason ?? ''}${message ? `: ${masked(message)}` : ''})` : ''
  const conditions = (status.conditions ?? []).map((c: Json) => `${c.type}=${c.status}${because(c)}`)
  const numbers = Object.entries(status)
    .filter(([, v]) => typeof v === 'number')
    .map(([k, v]) => `${k}:${v}`)
  const containers = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].map((c: Json) => {
    const [name, detail] = Object.entries<Json>(c.state)[0]!
    const last = c.lastState?.terminated
    return `${c.name}:${name}${because({ reason: detail?.reason })}${detail?.exitCode ?? ''}/${c.ready}/${c.restartCount}${last ? `/last ${last.reason} ${last.exitCode}` : ''}`
  })
  const endpoints = (object.endpoints ?? []).map(({ conditions: c }: Json) =>
    Object.entries(c)
      .map(([name, value]) => `${value ? '' : '!'}${name}`)
      .join(','),
  )
  const subsets = (object.subsets ?? []).map(
    (s: Json) => `${s.addresses?.length ?? 0}+${s.notReadyAddresses?.length ?? 0}`,
  )
  const taints = (spec.taints ?? []).map((t: Json) => `${t.key}:${t.effect}`)
  return [
    // That of a slice counts its writes.
    metadata.generation > 1 && kind !== 'EndpointSlice' && `generation:${metadata.generation}`,
    metadata.deletionTimestamp && `deleting in ${metadata.deletionGracePeriodSeconds ?? 0} s`,
    metadata.finalizers?.join(','),
    kind === 'Pod' && spec.nodeName,
    spec.replicas !== undefined && `asked:${spec.replicas}`,
    spec.suspend && 'suspended',
    spec.unschedulable && 'cordoned',
    status.phase,
    status.reason,
    status.used && JSON.stringify(status.used),
    ...numbers.sort(),
    ...conditions.sort(),
    ...containers,
    ...endpoints.sort(),
    ...subsets,
    ...taints,
  ]
    .filter(Boolean)
    .join(' ')
}
