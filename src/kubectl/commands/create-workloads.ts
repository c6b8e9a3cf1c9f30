// kubectl create deployment, job, cronjob.

import { type Info, isOf, notInScheme } from '../builder.ts'
import { CommandError } from '../errors.ts'
import { goType } from '../pods.ts'
import { commandWords, type Generator, meta } from './create-generator.ts'

/** `nginx` of `registry/nginx:1.27@sha256:…`, as a name of a container. */
function containerName(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0]!
  return last.replaceAll('_', '-').replace(/[^a-zA-Z0-9-]/g, '')
}

const command = (words: readonly string[]) => (words.length ? { command: [...words] } : {})

export const deployment: Generator = {
  name: 'deployment',
  aliases: ['deploy'],
  flags: 'image:l port:n=-1 replicas,r:n=1',
  required: ['image'],
  failure: 'failed to create deployment',
  make(ctx, name) {
    const images = ctx.flags.list('image')
    const words = commandWords(ctx)
    if (images.length > 1 && words.length)
      throw new CommandError('cannot specify multiple --image options and command')
    const port = ctx.flags.int('port')
    const containers = images.map(image => ({
      ...command(words),
      image,
      name: containerName(image),
      ...(port >= 0 && images.length === 1 && { ports: [{ containerPort: port }] }),
      resources: {},
    }))
    const labels = { app: name }
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta(ctx, name, { labels }),
      spec: {
        replicas: ctx.flags.int('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    }
  },
}

export const job: Generator = {
  name: 'job',
  flags: 'from:s image:s',
  failure: 'failed to create job',
  make(ctx, name) {
    const [image, from] = [ctx.flags.string('image'), ctx.flags.string('from')]
    const words = commandWords(ctx)
    if (!image === !from) throw new CommandError('either --image or --from must be specified')
    if (from && words.length) throw new CommandError('cannot specify --from and command')
    if (image)
      return {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: meta(ctx, name),
        spec: {
          template: {
            metadata: {},
            spec: { containers: [{ ...command(words), image, name, resources: {} }], restartPolicy: 'Never' },
          },
        },
        status: {},
      }
    const [type = '', of, more] = from.split('/')
    if (more !== undefined)
      throw new CommandError('arguments in resource/name form may not have more than one slash')
    const resource = ctx.discovery.resource(type)
    if (of === undefined) throw new CommandError('resource(s) were provided, but no name was specified')
    const { namespace } = ctx
    const info: Info = {
      resource,
      namespace,
      name: of,
      source: '',
      object: ctx.client.get(resource, namespace, of),
    }
    const unknown = notInScheme(info.object, { scheme: 'kubectl' })
    if (unknown !== undefined) throw new CommandError(unknown)
    if (!isOf(info, 'cronjobs.batch')) throw new CommandError(`unknown object type ${goType(info.object)}`)
    const cronJob = info.object
    const { metadata, spec } = cronJob.spec.jobTemplate
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        ...meta(ctx, name),
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...metadata?.annotations },
        ...(metadata?.labels && { labels: metadata.labels }),
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            controller: true,
            kind: 'CronJob',
            name: cronJob.metadata.name,
            uid: cronJob.metadata.uid ?? '',
          },
        ],
      },
      spec,
      status: {},
    }
  },
}

export const cronjob: Generator = {
  name: 'cronjob',
  aliases: ['cj'],
  flags: 'image:s restart:s schedule:s',
  required: ['image', 'schedule'],
  failure: 'failed to create cronjob',
  make(ctx, name) {
    const restartPolicy = ctx.flags.string('restart') || 'OnFailure'
    const containers = [
      { ...command(commandWords(ctx)), image: ctx.flags.string('image'), name, resources: {} },
    ]
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: meta(ctx, name),
      spec: {
        jobTemplate: {
          metadata: { name },
          spec: { template: { metadata: {}, spec: { containers, restartPolicy } } },
        },
        schedule: ctx.flags.string('schedule'),
      },
      status: {},
    }
  },
}
