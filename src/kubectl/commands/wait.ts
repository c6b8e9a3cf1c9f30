// kubectl wait.
import { sleep, type Task } from '../../engine/task.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { type Built, build, type Info } from '../builder.ts'
import { type Command, printFlags, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isNotFound, localOnly, StatusError, throwAll } from '../errors.ts'
import { JsonPath, relaxedPath } from '../print/jsonpath.ts'
import { makePrinter } from '../print/printers.ts'
import { plainText } from '../print/values.ts'

const weekMs = 168 * 3_600_000

type Check = (object: KubeObject) => boolean
type Condition = 'create' | 'delete' | Check

export const waitCommand: Command = {
  name: 'wait',
  flags: `${printFlags}${selectorFlag}all all-namespaces,A field-selector:s filename,f:l for:a local recursive,R=true
    timeout:d=30s`,
  *run(ctx) {
    const { flags } = ctx
    const given = flags.list('for')
    const conditions = given.map(parseCondition)
    if (conditions.length === 0) throw new CommandError('unrecognized condition: []')
    if (flags.bool('local') && ctx.args.length) throw localOnly()
    const asked = flags.duration('timeout')
    const timeout = asked < 0 ? weekMs : asked
    const end = ctx.now + timeout
    const forDelete = conditions.includes('delete')
    if (conditions.includes('create')) yield* untilCreated(ctx, end)
    const built = yield* select(ctx)
    const errors = built.errors.filter(error => !(forDelete && isNotFound(error)))
    let count = 0
    for (const info of built.infos) {
      count++
      try {
        for (const condition of conditions) {
          const object = yield* satisfied(ctx, info, condition, timeout === 0, end)
          makePrinter(ctx, { operation: 'condition met' })(object)
        }
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        errors.push(error)
      }
    }
    throwAll(errors)
    if (count === 0 && !forDelete) throw new CommandError('no matching resources found')
    return 0
  },
}

const select = (ctx: Context): Task<Built> =>
  build(ctx, {
    all: ctx.flags.bool('all'),
    selector: ctx.flags.string('selector'),
    fieldSelector: ctx.flags.string('field-selector'),
    allNamespaces: ctx.allNamespaces,
    latest: true,
  })

function* untilCreated(ctx: Context, end: number): Task {
  for (;;) {
    const { infos, errors } = yield* select(ctx)
    throwAll(errors.filter(error => !isNotFound(error)))
    if (infos.length && errors.length === 0) return
    if (ctx.now >= end) throw new CommandError('timed out waiting for the condition')
    yield* sleep(Math.min(500, end - ctx.now))
  }
}

function parseCondition(text: string): Condition {
  const lower = text.toLowerCase()
  if (lower === 'delete' || lower === 'create') return lower
  if (text.startsWith('condition=')) {
    const [name = '', value = 'true'] = text.slice('condition='.length).split(/=(.*)/s)
    return object => conditionMet(object, name.toLowerCase(), value.toLowerCase())
  }
  if (text.startsWith('jsonpath=')) return jsonpathCondition(text.slice('jsonpath='.length))
  throw new CommandError(`unrecognized condition: ${JSON.stringify(text)}`)
}

/** What is looked for in objects of any kind. */
interface Conditioned extends KubeObject {
  readonly status?: {
    readonly observedGeneration?: number
    readonly conditions?: readonly {
      readonly type?: string
      readonly status?: string
      readonly observedGeneration?: number
    }[]
  }
}

function conditionMet(object: KubeObject, name: string, value: string): boolean {
  const { generation } = object.metadata
  const { status }: Conditioned = object
  for (const condition of status?.conditions ?? []) {
    if (condition.type?.toLowerCase() !== name || condition.status === undefined) continue
    const observed = condition.observedGeneration ?? status?.observedGeneration
    if (generation !== undefined && observed !== undefined && observed < generation) return false
    return condition.status.toLowerCase() === value
  }
  return false
}

function jsonpathCondition(text: string): Check {
  const parts = text
    .replaceAll('==', '\0')
    .split('=')
    .map(part => part.replaceAll('\0', '=='))
  if (parts.length > 2)
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    )
  const expression = relaxedPath(parts[0]!)
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '')
  if (wanted === '')
    throw new CommandError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    )
  if (!expression) throw new CommandError('jsonpath expression cannot be empty')
  let path: JsonPath
  try {
    path = new JsonPath(expression)
  } catch (error) {
    throw new CommandError((error as Error).message)
  }
  return object => {
    const results = path.find(object)
    if (!results[0]?.length) return false
    if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list')
    if (results[0].length > 1) throw new CommandError('given jsonpath expression matches more than one value')
    if (wanted === undefined) return true
    const [value] = results[0]
    if (typeof value === 'object' && value !== null)
      throw new CommandError('jsonpath leads to a nested object or list which is not supported')
    return plainText(value).trim() === wanted.trim()
  }
}

/** The object as it was when the condition held. */
function* satisfied(
  ctx: Context,
  info: Info,
  condition: Condition,
  once: boolean,
  end: number,
): Task<KubeObject> {
  const { resource, namespace, name } = info
  if (condition === 'create') return info.object
  const late = new CommandError(`timed out waiting for the condition on ${resource.plural}/${name}`)
  // The time is for all objects together: what is looked at after it is late, whatever its state.
  if (!once && ctx.now >= end) throw late
  const unmet = new CommandError(`condition not met for ${resource.plural}/${name}`)
  let object: KubeObject
  try {
    object = ctx.client.get(resource, namespace, name)
  } catch (error) {
    if (condition === 'delete' && isNotFound(error)) return info.object
    throw error
  }
  if (condition === 'delete') {
    if (object.metadata.uid !== info.object.metadata.uid) return object
  } else if (condition(object)) return object
  if (once) throw unmet
  const queue = ctx.client.watch(resource, namespace, {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: object.metadata.resourceVersion!,
  })
  try {
    for (;;) {
      const event = yield* queue.next(end)
      if (!event) throw late
      if (event.type === 'ERROR') throw new StatusError(event.object)
      if (event.type === 'BOOKMARK') continue
      if (event.type === 'DELETED') {
        if (condition === 'delete') return object
      } else if (condition !== 'delete' && condition(event.object)) return event.object
    }
  } finally {
    queue.stop()
  }
}
