import { firstUid, isReady, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, lastApplied, name } from '../checks.ts'

/** The `replicas` that a manifest of the working directory says; undefined without the line. */
const replicasInFile = (view: ClusterView): string | undefined =>
  /^ {2}["']?replicas["']?: *(\S+)/m.exec(view.file('deployment.yaml') ?? '')?.[1]

/** So many are wanted and ready. */
const hasReady = (view: ClusterView, wanted: number) => {
  const deployment = deploymentOf(view)
  const count = podsOf(view, deployment).filter(isReady).length
  return { met: deployment?.spec.replicas === wanted && count === wanted, count }
}

export default {
  transcript: 'change-replicas.console',
  minutes: 15,
  level: 1,
  needs: ['4.1'],
  exercises: [
    {
      name: 'to-zero-and-back',
      kind: 'repeat',
      start: ['kk apply -f deployment.yaml', 10],
      watch: watching({
        uid: firstUid('deployments', name),
        stopped: {
          resources: ['pods', 'deployments'],
          start: false,
          next: (seen: boolean, _: Change, view: ClusterView) =>
            seen ||
            (deploymentOf(view)?.spec.replicas === 0 &&
              view.list('pods', { labels: 'app=hellok8s' }).length === 0),
        },
      }),
      checks: {
        stopped: (_: ClusterView, { stopped }: { stopped: boolean }) => stopped,
        kept: (view: ClusterView, { uid }: { uid: string | undefined }) =>
          deploymentOf(view)?.metadata.uid === uid,
        back: (view: ClusterView) => hasReady(view, 2),
      },
      solution: [
        `kk scale deployment/${name} --replicas=0`,
        10,
        `kk scale deployment/${name} --replicas=2`,
        5,
      ],
    },
    {
      name: 'for-good',
      kind: 'vary',
      start: ['kk apply -f deployment.yaml', 10],
      checks: {
        file: (view: ClusterView) => replicasInFile(view) === '4',
        applied: (view: ClusterView) => lastApplied(view)?.spec.replicas === 4,
        ready: (view: ClusterView) => hasReady(view, 4),
      },
      solution: ["sed -i 's/replicas: 2/replicas: 4/' deployment.yaml", 'kk apply -f deployment.yaml', 10],
    },
    {
      name: 'hands-off',
      kind: 'fix',
      start: ['kk apply -f deployment.yaml', 10, `kk scale deployment/${name} --replicas=5`, 10],
      checks: {
        file: (view: ClusterView) =>
          view.file('deployment.yaml')?.includes('image:') === true && replicasInFile(view) === undefined,
        applied: (view: ClusterView) => {
          const applied = lastApplied(view)
          return applied !== undefined && applied.spec.replicas === undefined
        },
        five: (view: ClusterView) => hasReady(view, 5),
      },
      solution: [
        "sed -i '/replicas:/d' deployment.yaml",
        'kk apply -f deployment.yaml',
        `kk scale deployment/${name} --replicas=5`,
        10,
      ],
    },
  ],
} satisfies Lesson
