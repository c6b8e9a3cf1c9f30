// kubectl set image, resources, serviceaccount, selector, subject; `set env` stands in set-env.ts.
import { type Command, recordDeprecated, recordFlag, selectorFlag } from '../command.ts'
import { CommandError } from '../errors.ts'
import { podSpecOf, withPodSpec } from '../patching.ts'
import { labelSelector } from '../selectors.ts'
import { equal } from '../three-way.ts'
import { subjects } from './create-rbac.ts'
import { setEnv } from './set-env.ts'
import {
  changeObjects,
  mapContainers,
  matchesName,
  noTemplate,
  setFlags,
  shownName,
  splitPairs,
} from './set-shared.ts'

const image: Command = {
  name: 'image',
  flags: `${setFlags}${recordFlag}${selectorFlag}`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { resources, pairs } = splitPairs(ctx.args, 'image')
    const images = new Map<string, string>()
    for (const pair of pairs) {
      const equals = pair.indexOf('=')
      if (equals < 1) throw new CommandError(`invalid image ${JSON.stringify(pair)}`)
      images.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    const check = () => {
      if (images.size === 0) throw new CommandError('at least one image update is required')
      if (images.size > 1 && images.has('*'))
        throw new CommandError(
          'all containers are already specified by *, but saw more than one container_name=container_image pairs',
        )
    }
    const missing: Error[] = []
    return yield* changeObjects(
      ctx,
      resources,
      {
        done: 'image updated',
        what: 'image update to pod template:',
        check,
        failures: missing,
        refusesWords: true,
      },
      object => {
        const found = new Set<string>()
        const changed = mapContainers(ctx, object, container => {
          const name = images.has('*') ? '*' : container.name
          const wanted = images.get(name)
          if (wanted === undefined) return container
          found.add(name)
          return { ...container, image: wanted }
        })
        for (const name of images.keys())
          if (!found.has(name))
            missing.push(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`))
        return changed
      },
    )
  },
}

const resources: Command = {
  name: 'resources',
  flags: `${setFlags}${recordFlag}${selectorFlag}containers,c:s=* limits:s requests:s`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { flags } = ctx
    const [limits, requests] = [flags.string('limits'), flags.string('requests')]
    const check = () => {
      if (!limits && !requests)
        throw new CommandError(
          'you must specify an update to requests or limits (in the form of --requests/--limits)',
        )
      wanted = { limits: resourceList(limits), requests: resourceList(requests) }
    }
    let wanted: Record<'limits' | 'requests', Record<string, string>>
    const pattern = flags.string('containers')
    const missing: Error[] = []
    const options = {
      done: 'resource requirements updated',
      what: 'resources update to pod template',
      check,
      failures: missing,
      refusesWords: true,
    }
    return yield* changeObjects(ctx, ctx.args, options, object => {
      let found = false
      const changed = mapContainers(ctx, object, container => {
        if (!matchesName(pattern, container.name)) return container
        found = true
        const merged = { ...container.resources }
        if (limits) merged.limits = { ...merged.limits, ...wanted.limits }
        if (requests) merged.requests = { ...merged.requests, ...wanted.requests }
        return { ...container, resources: merged }
      })
      if (!found) missing.push(new CommandError(`error: unable to find container named ${pattern}`))
      return changed
    })
  },
}

/** `cpu=200m,memory=128Mi` (HandleResourceRequirementsV1). */
function resourceList(text: string): Record<string, string> {
  const list: Record<string, string> = {}
  for (const part of text.split(',').filter(Boolean)) {
    const pair = part.split('=')
    if (pair.length !== 2)
      throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`)
    if (!/^[+-]?\d[\d.]*([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.test(pair[1]!))
      throw new CommandError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    list[pair[0]!] = pair[1]!
  }
  return list
}

const serviceAccount: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  flags: `${setFlags}${recordFlag}`,
  deprecated: recordDeprecated,
  *run(ctx) {
    if (ctx.args.length === 0) throw new CommandError('serviceaccount is required')
    const name = ctx.args.at(-1)!
    const options = { done: 'serviceaccount updated', what: 'ServiceAccountName', always: true }
    return yield* changeObjects(ctx, ctx.args.slice(0, -1), options, object => {
      const spec = podSpecOf(object)
      if (!spec) throw noTemplate(ctx, object)
      return withPodSpec(object, { ...spec, serviceAccountName: name })
    })
  },
}

const selector: Command = {
  name: 'selector',
  flags: `${setFlags}${recordFlag}resource-version:s`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const text = ctx.args.at(-1)
    if (text === undefined) throw new CommandError('one selector is required')
    let wanted: Record<string, string>
    const check = () => {
      wanted = labelsOf(text)
    }
    const resourceVersion = ctx.flags.string('resource-version')
    const options = {
      done: 'selector updated',
      what: 'selector:',
      always: true,
      check,
      refusesWords: true,
      resourceVersion,
    }
    return yield* changeObjects(ctx, ctx.args.slice(0, -1), options, object => {
      if (object.kind !== 'Service')
        throw new CommandError('setting a selector is only supported for Services')
      return { ...object, spec: { ...object.spec, selector: wanted } }
    })
  },
}

/** A selector of equalities as labels, which is all that a Service has. */
function labelsOf(text: string): Record<string, string> {
  const { matchLabels = {}, matchExpressions = [] } = labelSelector(text)
  const others = matchExpressions.map(
    ({ key, operator, values = [] }) => `{${key} ${operator} [${values.join(' ')}]}`,
  )
  if (others.length)
    throw new CommandError(`match expression [${others.join(' ')}] not supported on this object`)
  return matchLabels
}

const subject: Command = {
  name: 'subject',
  flags: `${setFlags}${selectorFlag}group:a serviceaccount:a user:a`,
  *run(ctx) {
    const added = subjects(ctx)
    const check = () => {
      if (added.length === 0)
        throw new CommandError('you must specify at least one value of user, group or serviceaccount')
    }
    const options = { done: 'subjects updated', what: 'subjects to rolebinding:', check }
    return yield* changeObjects(ctx, ctx.args, options, object => {
      if (
        object.kind === 'ClusterRoleBinding' &&
        added.some(s => s.kind === 'ServiceAccount' && !s.namespace)
      )
        throw new CommandError('serviceaccount must be <namespace>:<name>, namespace must be specified')
      if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding')
        throw new CommandError(
          `${shownName(ctx, object)} setting subjects is only supported for RoleBinding/ClusterRoleBinding`,
        )
      const old = object.subjects ?? []
      const fresh = added.filter(one => !old.some(other => equal(one, other)))
      return { ...object, subjects: [...old, ...fresh] }
    })
  },
}

export const set: Command = {
  name: 'set',
  help: 'stderr',
  commands: [image, resources, selector, subject, serviceAccount, setEnv],
}
