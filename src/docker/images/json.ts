// An image as the API tells of it, for inspect (moby api/types/image.InspectResponse).

import { type ImageConfig, nanoTime, sizeOf } from '../../containers/content.ts'
import { Random } from '../../engine/random.ts'
import { emptyStruct } from '../../kubectl/print/values.ts'
import { chainIds } from './layer-chain.ts'
import { familiarName } from './reference.ts'
import type { StoredImage } from './store.ts'

const set = (names: readonly string[]): object =>
  Object.fromEntries([...names].sort().map(name => [name, emptyStruct]))
const nanoseconds = (ms: number): number => ms * 1e6

/** What is empty is left out, as in the specification of images. */
function configJson(config: ImageConfig): object {
  const { healthcheck, labels = {} } = config
  return {
    ...(config.user && { User: config.user }),
    ...(config.exposed?.length && { ExposedPorts: set(config.exposed) }),
    ...(config.env.length && { Env: config.env }),
    ...(config.entrypoint?.length && { Entrypoint: config.entrypoint }),
    ...(config.cmd?.length && { Cmd: config.cmd }),
    ...(config.volumes?.length && { Volumes: set(config.volumes) }),
    ...(config.workingDir && { WorkingDir: config.workingDir }),
    ...(Object.keys(labels).length && { Labels: labels }),
    ...(config.stopSignal && { StopSignal: config.stopSignal }),
    ...(healthcheck && {
      Healthcheck: {
        Test: healthcheck.test,
        ...(healthcheck.interval && { Interval: nanoseconds(healthcheck.interval) }),
        ...(healthcheck.timeout && { Timeout: nanoseconds(healthcheck.timeout) }),
        ...(healthcheck.startPeriod && { StartPeriod: nanoseconds(healthcheck.startPeriod) }),
        ...(healthcheck.retries && { Retries: healthcheck.retries }),
      },
    }),
    ...(config.onBuild?.length && { OnBuild: config.onBuild }),
    ...(config.shell?.length && { Shell: config.shell }),
  }
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Where overlay2 keeps a layer: the same for every image that has it. */
function layerDirectory(chainId: string): string {
  const random = new Random(1).fork(`overlay2 ${chainId}`)
  const name = Array.from({ length: 25 }, () => alphabet[random.below(36)]).join('')
  return `/var/lib/docker/overlay2/${name}`
}

/** The directories of an image's layers, the top one first. */
export const layerDirectories = (stored: StoredImage): string[] =>
  chainIds(stored.content).map(layerDirectory).reverse()

export function imageJson(stored: StoredImage): object {
  const { content, tags, digests, lastTagged } = stored
  const [top = '', ...lower] = layerDirectories(stored)
  return {
    Id: stored.id,
    RepoTags: [...tags].sort().map(familiarName),
    RepoDigests: [...digests].sort().map(familiarName),
    Parent: '',
    Comment: content.comment ?? '',
    Created: nanoTime(content.created),
    DockerVersion: '',
    Author: '',
    Config: configJson(content.config),
    Architecture: 'amd64',
    Os: 'linux',
    Size: sizeOf(content),
    GraphDriver: {
      Data: {
        ...(lower.length && { LowerDir: lower.map(each => `${each}/diff`).join(':') }),
        MergedDir: `${top}/merged`,
        UpperDir: `${top}/diff`,
        WorkDir: `${top}/work`,
      },
      Name: 'overlay2',
    },
    RootFS: { Type: 'layers', Layers: content.layers.map(({ diffId }) => diffId) },
    Metadata: { LastTagTime: lastTagged === undefined ? '0001-01-01T00:00:00Z' : nanoTime(lastTagged) },
  }
}
