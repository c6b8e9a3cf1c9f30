// kubectl create namespace, serviceaccount, quota, poddisruptionbudget, priorityclass.
import { CommandError } from '../errors.ts'
import { labelSelector } from '../selectors.ts'
import { type Generator, intOrPercent, meta } from './create-generator.ts'

export const namespace: Generator = {
  name: 'namespace',
  aliases: ['ns'],
  make: (_, name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }),
}

export const serviceAccount: Generator = {
  name: 'serviceaccount',
  aliases: ['sa'],
  failure: 'failed to create serviceaccount',
  make: (ctx, name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(ctx, name) }),
}

export const quota: Generator = {
  name: 'quota',
  aliases: ['resourcequota'],
  flags: 'hard:s scopes:s',
  failure: 'failed to create quota',
  make(ctx, name) {
    const hard = new Map<string, string>()
    for (const part of ctx.flags.string('hard').split(',').filter(Boolean)) {
      const pair = part.split('=')
      if (pair.length !== 2)
        throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`)
      if (!/^[+-]?\d/.test(pair[1]!))
        throw new CommandError(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        )
      hard.set(pair[0]!, pair[1]!)
    }
    const scopes = ctx.flags.string('scopes')
    const list = scopes ? scopes.split(',') : []
    if (list.includes('')) throw new CommandError('invalid resource quota scope ""')
    return {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: meta(ctx, name),
      spec: { ...(hard.size && { hard: Object.fromEntries(hard) }), ...(list.length && { scopes: list }) },
      status: {},
    }
  },
}

export const podDisruptionBudget: Generator = {
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  flags: 'max-unavailable:s min-available:s selector:s',
  failure: 'failed to create poddisruptionbudgets',
  make(ctx, name) {
    const [selector, minimum, maximum] = ['selector', 'min-available', 'max-unavailable'].map(f =>
      ctx.flags.string(f),
    )
    if (!selector) throw new CommandError('a selector must be specified')
    if (!minimum && !maximum)
      throw new CommandError('one of min-available or max-unavailable must be specified')
    if (minimum && maximum)
      throw new CommandError('min-available and max-unavailable cannot be both specified')
    for (const [flag, text] of [
      ['min-available', minimum],
      ['max-unavailable', maximum],
    ])
      if (text && !/^[0-9]+%?$/.test(text)) throw new CommandError(`invalid format specified for ${flag}`)
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: meta(ctx, name),
      spec: {
        ...(minimum ? { minAvailable: intOrPercent(minimum) } : { maxUnavailable: intOrPercent(maximum!) }),
        selector: labelSelector(selector),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    }
  },
}

export const priorityClass: Generator = {
  name: 'priorityclass',
  aliases: ['pc'],
  flags: 'description:s global-default preemption-policy:s=PreemptLowerPriority value:n',
  failure: 'failed to create priorityclass',
  make(ctx, name) {
    const description = ctx.flags.string('description')
    return {
      apiVersion: 'scheduling.k8s.io/v1',
      ...(description && { description }),
      ...(ctx.flags.bool('global-default') && { globalDefault: true }),
      kind: 'PriorityClass',
      metadata: { name },
      preemptionPolicy: ctx.flags.string('preemption-policy'),
      value: ctx.flags.int('value'),
    }
  },
}
