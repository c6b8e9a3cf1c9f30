import { parseTime } from '../../../src/engine/engine.ts'
import type { Pod } from '../../../src/kinds/schema/types.ts'
import { isReady } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const name = 'learner/hellok8s:v1'
const pods = (view: ClusterView) => view.list('pods', { labels: 'app=hellok8s' })
const made = (view: ClusterView) => view.docker.images.find(({ tags }) => tags.includes(`docker.io/${name}`))
/** It was built after the Deployment was applied: what was there before has the old greeting. */
const isNew = (view: ClusterView): boolean => {
  const applied = view.get('deployments', 'hellok8s')?.metadata.creationTimestamp
  return applied !== undefined && (made(view)?.created ?? 0) > parseTime(applied)
}
/** What its program was compiled from, as far as that can be read in it, has the new words. */
const saysReaders = (view: ClusterView): boolean => {
  const { program = '' } = made(view) ?? {}
  return !program.includes('Hello, ') || program.includes('Hello, readers!')
}
/** A pod that runs what is here under that name, and not what was pushed before. */
const runsMade = (view: ClusterView, pod: Pod): boolean =>
  made(view)?.digests.includes(pod.status?.containerStatuses?.[0]?.imageID ?? '') === true
/** The uid of the pod that waited at the beginning. */
const firstPod = {
  resources: ['pods'],
  start: undefined as string | undefined,
  next: (seen: string | undefined, { object }: Change) =>
    seen ?? (object.metadata.labels?.app === 'hellok8s' ? object.metadata.uid : undefined),
}

export default {
  transcript: 'story.console',
  minutes: 20,
  level: 2,
  needs: ['2.1', '2.2', '2.3', '2.4', '2.5'],
  start: [
    'docker build -q -t hellok8s .',
    'docker run -d --name tried -p 8080:3000 hellok8s',
    "sed -i 's/Hello, Kubernetes/Hello, friends/' main.go",
    'docker build -q -t hellok8s .',
    "sed -i 's/--from=builder/--from=build/' Dockerfile",
    5, // the Deployment is told apart from what was built before it, to the second
    'kk apply -f deployment.yaml',
    120,
  ],
  exercises: [
    {
      name: 'opening',
      kind: 'fix',
      watch: firstPod,
      checks: {
        built: (view: ClusterView) =>
          isNew(view) &&
          /Hello, readers!/.test(view.file('main.go') ?? '') &&
          saysReaders(view) &&
          (made(view)?.size ?? Number.POSITIVE_INFINITY) <= 20_000_000,
        tried: (view: ClusterView) =>
          isNew(view) &&
          view.docker.containers.some(
            ({ image, since, ports }) =>
              image === made(view)?.id &&
              since !== undefined &&
              ports.some(({ host, container }) => host === 8080 && container === 3000),
          ),
        pushed: (view: ClusterView) => view.pushed(name),
        'same-pod': (view: ClusterView, uid: string | undefined) =>
          pods(view).some(pod => pod.metadata.uid === uid && isReady(pod) && runsMade(view, pod)),
        tidy: ({ docker: { images, containers } }: ClusterView) =>
          images.length > 0 &&
          images.every(({ tags }) => tags.length > 0) &&
          containers.every(({ since }) => since !== undefined),
      },
      solution: [
        "sed -i 's/friends/readers/' main.go",
        "sed -i 's/--from=build /--from=builder /' Dockerfile",
        `docker build -t ${name} .`,
        'docker rm -f tried',
        'docker image prune -f',
        `docker run -d --name greeting -p 8080:3000 ${name}`,
        'curl localhost:8080',
        'echo secret | docker login -u learner --password-stdin',
        `docker push ${name}`,
        300,
      ],
    },
  ],
} satisfies Lesson
