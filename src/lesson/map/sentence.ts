// The one sentence over the map: what the cluster is doing now. Rules in the order of what matters most to the reader; the
// first that has something to say is heard. Its words are keys of `src/i18n/lab/map.*.ts`.
import type { MapModel } from './model.ts'
import type { OwnerRow, PodRow, Saying } from './rows.ts'

export interface Sentence extends Saying {
  readonly tone: 'good' | 'wait' | 'bad' | 'none'
  /** The object that one would ask about: `pod/default/web-1`. */
  readonly why?: string
}

type Rule = (map: MapModel) => Sentence | undefined

const whyPod = ({ namespace, name }: PodRow): string => `pod/${namespace}/${name}`
/** As its card says it: by what tells it from its owner's other pods. A StatefulSet's pod has a name of its own. */
function nameIn(map: MapModel, { name, owner }: PodRow): string {
  return owner && map.owner(owner)?.kind !== 'StatefulSet' ? (name.split('-').at(-1) ?? name) : name
}
const whyOwner = ({ kind, namespace, name }: OwnerRow): string => `${kind.toLowerCase()}/${namespace}/${name}`

/** So many pods and the reader wants numbers, not names. */
const few = 24

// ---- what fails

const nodeLost: Rule = (map): Sentence | undefined => {
  const lost = map.all('node').filter(each => each.lost)
  const node = lost.find(each => map.podsOn(each.name) > 0) ?? lost[0]
  if (!node) return
  const here = map.pods('unknown').filter(each => each.node === node.name)
  const since = node.line?.since ?? 0
  const why = `node/${node.name}`
  const until = here.find(each => each.wait)?.wait?.[1]
  const values = { node: node.name, n: here.length }
  if (!here.length) return { say: 'nodeLostIdle', with: values, since, tone: 'bad', why }
  if (until === undefined) return { say: 'nodeLostStays', with: values, since, tone: 'bad', why }
  return { say: 'nodeLostUntil', with: values, since, until, tone: 'bad', why }
}

/** Failing pods that are news: not what a Job that is complete, or an owner that has replaced them, has left behind. */
const failures = (map: MapModel): PodRow[] =>
  map.pods('failing').filter(pod => {
    const owner = map.owner(pod.owner)
    if (!owner) return true
    if (owner.kind === 'Job') return owner.note?.say !== 'jobComplete'
    return pod.line?.say !== 'ended' || owner.ready < owner.wanted
  })

const manyFail: Rule = (map): Sentence | undefined => {
  const failing = failures(map)
  const owners = new Map<string, number>()
  for (const { owner, name } of failing) {
    const known = map.owner(owner)?.name ?? name
    owners.set(known, (owners.get(known) ?? 0) + 1)
  }
  const total = map.count()
  if (failing.length === 0 || (owners.size === 1 && total <= few)) return
  const list = [...owners].map(([name, n]) => `${name} ${n}`)
  const waiting = map.count('starting') + map.count('no-node') + map.count('not-ready')
  return {
    say: waiting ? 'manyFailWaiting' : 'manyFail',
    with: {
      total,
      n: failing.length,
      list: list.slice(0, 3).join(' · ') + (list.length > 3 ? ' …' : ''),
      waiting,
    },
    tone: 'bad',
    why: whyPod(failing[0]!),
  }
}

const jobFails: Rule = (map): Sentence | undefined => {
  const pod = failures(map).find(each => map.owner(each.owner)?.kind === 'Job')
  const job = pod && map.owner(pod.owner)
  if (!job) return
  const given = job.note?.say === 'jobFailed'
  const code = pod.line?.with?.code ?? ''
  return {
    say: given ? 'jobGaveUp' : 'jobRetries',
    with: { name: job.name, code },
    tone: 'bad',
    why: whyPod(pod),
  }
}

/** Failing pods of one owner, or one of nobody: whether anything still works is said first. */
const oneFails: Rule = (map): Sentence | undefined => {
  const failing = failures(map)
  const pod = failing[0]
  if (!pod) return
  const owner = map.owner(pod.owner)
  const cause = causeOf(pod)
  const values = { name: nameIn(map, pod), n: failing.length, word: pod.word, ...pod.line?.with }
  const said = { tone: 'bad', why: whyPod(pod) } as const
  const ready = owner?.ready ?? 0
  if (owner && ready > 0) {
    const updating = pod.revision === owner.current && (owner.revisions?.[1]?.pods ?? 0) > 0
    const say = `${cause}${updating ? 'Update' : 'Some'}`
    return { say, with: { ...values, ready, wanted: owner.wanted }, ...said }
  }
  if (failing.length > 1) return { say: `${cause}All`, with: values, ...said }
  const until = pod.line?.until
  return {
    say: `${cause}One${until === undefined ? '' : 'Next'}`,
    with: values,
    ...(until !== undefined && { until }),
    ...said,
  }
}

function causeOf({ line }: PodRow): 'crash' | 'memory' | 'pull' | 'stuck' {
  const say = line?.say ?? ''
  if (say.startsWith('crash')) return 'crash'
  if (say.startsWith('memory')) return 'memory'
  return say === 'pull' ? 'pull' : 'stuck'
}

const unschedulable: Rule = (map): Sentence | undefined => {
  const pods = map.pods('no-node').filter(each => each.line?.say === 'unschedulable')
  const [pod] = pods
  if (!pod) return
  return {
    say: 'unschedulable',
    with: { n: pods.length, message: pod.line?.with?.message ?? '' },
    tone: 'bad',
    why: whyPod(pod),
  }
}

const stuckLeaving: Rule = (map): Sentence | undefined => {
  const pod = map.pods('leaving').find(each => each.alarming)
  if (!pod) return
  return {
    say: `${pod.line?.say}Said`,
    with: { name: nameIn(map, pod), ...pod.line?.with },
    tone: 'bad',
    why: whyPod(pod),
  }
}

// ---- what is on its way

const rolling: Rule = (map): Sentence | undefined => {
  for (const owner of map.all('owner')) {
    const [now, before] = owner.revisions ?? []
    if (!now || !before) continue
    const old = (owner.revisions ?? []).slice(1).reduce((sum, each) => sum + each.pods, 0)
    const done = map.readyOf(now.id)
    if (old > 0) {
      const versions = now.version !== before.version && now.version && before.version
      return {
        say: `rolling${versions ? '' : 'Same'}${owner.surge || done ? '' : 'NoSurge'}`,
        with: { from: before.version, to: now.version, done, wanted: owner.wanted, ready: owner.ready },
        tone: 'wait',
      }
    }
    const leaving = map
      .pods('leaving')
      .filter(each => each.owner === owner.uid && each.revision !== owner.current)
    if (leaving.length && done === owner.wanted)
      return { say: 'rolled', with: { to: now.version, n: leaving.length }, tone: 'good' }
  }
  return
}

const noted: Rule = (map): Sentence | undefined => {
  const pods = map.pods('no-node')
  const [pod] = pods
  if (!pod) return
  if (pod.line?.say === 'gated')
    return {
      say: 'gatedSaid',
      with: { n: pods.length, name: nameIn(map, pod) },
      tone: 'wait',
      why: whyPod(pod),
    }
  const owner = map.owner(pod.owner)
  return {
    say: owner?.wanted ? 'noted' : 'notedPod',
    with: { wanted: owner?.wanted ?? 1, n: pods.length, name: nameIn(map, pod) },
    tone: 'wait',
  }
}

const starting: Rule = (map): Sentence | undefined => {
  const pods = map.pods('starting')
  const [pod] = pods
  if (!pod) return
  const owner = map.owner(pod.owner)
  // The pods know it before their owner's status does.
  const ready = owner && Math.max(owner.ready, map.readyOf(pod.revision))
  if (owner && ready)
    return { say: 'partly', with: { ready, left: Math.max(1, owner.wanted - ready) }, tone: 'wait' }
  const same = pods.every(each => each.node === pod.node)
  const pulls = pods.some(each => each.line?.say === 'pulling')
  const say = `${pulls ? 'pulls' : pod.line?.say === 'init' ? 'inits' : 'starts'}${pods.length > 1 ? 'Many' : 'One'}`
  const node = same ? pod.node : [...new Set(pods.map(each => each.node))].sort().join(', ')
  const values = { name: nameIn(map, pod), node, ...pod.line?.with }
  // Of one pod `n` is its init container.
  return { say, with: pods.length > 1 ? { ...values, n: pods.length } : values, tone: 'wait' }
}

const notReady: Rule = (map): Sentence | undefined => {
  const [pod, ...others] = map.pods('not-ready')
  if (!pod) return
  const [shut = ''] = Object.entries(pod.plugs ?? {}).find(([, gets]) => !gets) ?? []
  const service = map.rows.get(shut)
  const values = { name: nameIn(map, pod), n: others.length + 1 }
  const said = { tone: 'wait', why: whyPod(pod) } as const
  if (pod.line?.say === 'gate') return { say: 'gateOne', with: { ...values, ...pod.line.with }, ...said }
  if (service?.row === 'service')
    return { say: 'endpoints', with: { ...values, ready: service.ready, total: service.total }, ...said }
  return { say: others.length ? 'notReadyMany' : 'notReadyOne', with: values, ...said }
}

const nobodyBehind: Rule = (map): Sentence | undefined => {
  const service = map.all('service').find(each => each.selects && each.total === 0)
  if (!service) return
  const { namespace, name } = service
  return { say: 'nobodyBehind', with: { name }, tone: 'bad', why: `service/${namespace}/${name}` }
}

const claimWaits: Rule = (map): Sentence | undefined => {
  const claim = map.all('claim').find(({ phase }) => phase === 'Lost')
  if (!claim) return
  const { namespace, name } = claim
  return { say: 'claimLost', with: { name }, tone: 'bad', why: `persistentvolumeclaim/${namespace}/${name}` }
}

const leaving: Rule = (map): Sentence | undefined => {
  const pods = map.pods('leaving')
  const [pod] = pods
  if (!pod) return
  return {
    say: pods.length > 1 ? 'leavingMany' : 'leavingOne',
    with: { n: pods.length, name: nameIn(map, pod) },
    tone: 'wait',
  }
}

/** More are wanted than there are, and nothing is seen of the rest: a quota, a missing account. */
const missing: Rule = (map): Sentence | undefined => {
  const owner = map.all('owner').find(each => each.kind !== 'Job' && each.ready < each.wanted)
  if (!owner) return
  return {
    say: 'missing',
    with: { name: owner.name, ready: owner.ready, wanted: owner.wanted },
    tone: 'wait',
    why: whyOwner(owner),
  }
}

// ---- nothing to report

const quiet: Rule = (map): Sentence | undefined => {
  const owners = map.all('owner').filter(({ kind }) => kind !== 'CronJob' && kind !== 'Job')
  const pods = map.count()
  const ready = map.count('ready')
  const done = map.anyMade ? 'done' : 'well'
  const [owner] = owners
  if (owners.length === 1 && owner && ready === owner.ready) {
    const { name, kind } = owner
    if (owner.wanted === 0)
      return { say: kind === 'DaemonSet' ? 'noNodeFits' : 'zero', with: { name, kind }, tone: 'none' }
    return { say: `${done}One`, with: { n: owner.wanted }, tone: 'good' }
  }
  if (ready) return { say: `${done}Many`, with: { n: ready }, tone: 'good' }
  if (pods) return { say: 'completed', with: { n: map.count('completed') }, tone: 'good' }
  const timed = map.all('owner').filter(({ kind }) => kind === 'CronJob')
  const scheduled = timed.find(({ note }) => note?.say !== 'suspended')
  if (scheduled)
    return {
      say: 'scheduled',
      with: { name: scheduled.name, schedule: scheduled.schedule ?? '' },
      tone: 'none',
    }
  if (timed[0]) return { say: 'resting', with: { name: timed[0].name }, tone: 'none' }
  return { say: 'empty', tone: 'none' }
}

const rules: readonly Rule[] = [
  nodeLost,
  jobFails,
  manyFail,
  oneFails,
  unschedulable,
  stuckLeaving,
  claimWaits,
  rolling,
  noted,
  starting,
  notReady,
  nobodyBehind,
  leaving,
  missing,
]

export function sentenceOf(map: MapModel): Sentence {
  for (const rule of rules) {
    const sentence = rule(map)
    if (sentence) return sentence
  }
  return quiet(map)!
}
