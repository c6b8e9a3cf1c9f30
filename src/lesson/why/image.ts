// S3: a container's image does not come.

import { canonicalName } from '../../containers/registry.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { nearest } from '../../manifest/nearest.ts'
import { podSpecOf } from '../checks.ts'
import {
  type ContainerFacts,
  containersOf,
  describe,
  getField,
  getYaml,
  inNamespace,
  target,
  topOwner,
} from './facts.ts'
import { questionsAbout, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

const reasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'])

const failing = (pod: Pod): ContainerFacts | undefined =>
  !pod.metadata.deletionTimestamp
    ? containersOf(pod).find(({ waiting }) => reasons.has(waiting?.reason ?? ''))
    : undefined

/** A question about the first container whose image does not come, by what was said of it. */
const about = questionsAbout((pod: Pod, view) => {
  const container = failing(pod)
  return container && { container, message: messageOf(pod, container, view) }
})

/** While the kubelet waits it may not repeat what the pull said; the event does. */
const messageOf = (pod: Pod, { waiting, image }: ContainerFacts, view: View): string =>
  [
    waiting?.message ?? '',
    ...view
      .events(pod)
      .filter(({ reason, message }) => reason === 'Failed' && message?.includes(`"${image}"`))
      .slice(0, 1)
      .map(each => each.message),
  ].join('\n')

const imageOf = (object: KubeObject, { path }: ContainerFacts) => ({ object, path: `${path}.image` })

export const image = symptomOf('Pod', {
  name: 'image',
  has: pod => failing(pod) !== undefined,
  questions: [
    about(23, (pod, { container, message }, view) => {
      if (!/: not found$/m.test(message)) return undefined
      const { image } = container
      const tags = view.tags(image)
      const name = canonicalName(image)
      if (!tags || !name) return undefined
      const repo = image.replace(/(:[^/:]*)?(@.*)?$/, '')
      const near = nearest(name.tag, tags) ?? prefixOf(name.tag, tags)
      const owner = topOwner(pod, view)
      return {
        values: { image, repo, tag: name.tag, tags: tags.slice(0, mostTags) },
        shown: describe(pod),
        ...(near &&
          writesImage(owner, container) && {
            cure: `kubectl set image ${target(owner)} ${container.name}=${repo}:${near}`,
          }),
        field: imageOf(pod, container),
        follows: { text: 'pullsAgain' },
      }
    }),
    about(25, (pod, _, view) => {
      const named = view.event(pod, 'FailedToRetrieveImagePullSecret', /\((.+?)\)/)?.[1]
      const { namespace = '' } = pod.metadata
      const name = named?.split(/, ?/).find(each => !view.find('secrets', namespace, each.trim()))
      if (!name) return undefined
      const index = (pod.spec.imagePullSecrets ?? []).findIndex(each => each.name === name)
      return {
        values: { name, ns: namespace },
        shown: `kubectl get secret${inNamespace(namespace)}`,
        field: { object: pod, path: `spec.imagePullSecrets[${Math.max(0, index)}].name` },
        missing: `secret/${name}`,
        follows: { text: 'pullsAgain' },
      }
    }),
    about(24, (pod, { container, message }) => {
      if (!/pull access denied|authorization failed|401 Unauthorized|403 Forbidden/.test(message))
        return undefined
      const secrets = pod.spec.imagePullSecrets ?? []
      return {
        text: secrets.length ? '24b' : '24',
        values: { image: container.image, secrets: secrets.flatMap(each => each.name ?? []) },
        shown: getField(pod, 'spec.imagePullSecrets'),
        field: imageOf(pod, container),
        follows: { text: 'pullsAgain' },
      }
    }),
    about(26, (pod, { container }) => {
      if (container.waiting?.reason !== 'InvalidImageName') return undefined
      const { image } = container
      return {
        text: image === image.toLowerCase() ? '26b' : '26',
        values: { image },
        shown: getYaml(pod),
        field: imageOf(pod, container),
      }
    }),
    about(27, (pod, { container }) => {
      if (container.waiting?.reason !== 'ErrImageNeverPull') return undefined
      return {
        values: { node: pod.spec.nodeName ?? '', image: container.image },
        shown: getYaml(pod),
        field: { object: pod, path: `${container.path}.imagePullPolicy` },
      }
    }),
    about(28, (pod, { container, message }) => {
      const limited = /toomanyrequests/.test(message)
      const unknown = /lookup (\S+?)(?: on \S+)?: no such host/.exec(message)?.[1]
      if (!limited && !unknown && !/i\/o timeout|connection refused/.test(message)) return undefined
      const host = unknown ?? canonicalName(container.image)?.host ?? ''
      return {
        text: limited ? '28c' : unknown ? '28b' : '28',
        values: { host },
        shown: describe(pod),
        ...(unknown && { field: imageOf(pod, container) }),
        follows: { text: 'pullsAgain' },
      }
    }),
  ],
})

/** A pod that is left from another version than its owner writes now is not mended by the owner's image. */
const writesImage = (owner: KubeObject, { name, image }: ContainerFacts): boolean =>
  !!podSpecOf(owner)?.containers.some(each => each.name === name && each.image === image)

const mostTags = 6

/** `v22` has no slip of the fingers, but begins like `v2`. */
const prefixOf = (tag: string, tags: readonly string[]): string | undefined =>
  [...tags].sort((a, b) => b.length - a.length).find(each => each !== '' && tag.startsWith(each))
