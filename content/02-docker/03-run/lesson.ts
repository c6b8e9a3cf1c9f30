import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

/** Containers of the shop's image that answer on this port of the machine. */
const at = ({ docker: { images, containers } }: ClusterView, host: number) => {
  const id = images.find(({ tags }) => tags.includes('docker.io/learner/hellok8s:v1'))?.id
  return containers.filter(
    ({ image, since, ports }) =>
      image === id &&
      since !== undefined &&
      ports.some(port => port.host === host && port.container === 3000),
  )
}
const run = 'docker run -d --name'

export default {
  transcript: 'run.console',
  minutes: 13,
  level: 1,
  needs: ['2.1'],
  start: [
    'docker build -q -t learner/hellok8s:v1 .',
    'docker pull -q leigg/hellok8s:v2_problem',
    'docker pull -q alpine:3.22',
  ],
  exercises: [
    {
      name: 'open-the-door',
      kind: 'repeat',
      checks: {
        answers: (view: ClusterView) => at(view, 8080).some(({ name }) => name === 'hello'),
      },
      solution: [`${run} hello -p 8080:3000 learner/hellok8s:v1`, 2],
    },
    {
      name: 'two-of-one',
      kind: 'vary',
      start: [`${run} hello learner/hellok8s:v1`],
      checks: {
        first: (view: ClusterView) => at(view, 8081).length > 0,
        second: (view: ClusterView) => at(view, 8082).length > 0,
        tidy: (view: ClusterView) => view.docker.containers.length === 2,
      },
      solution: [
        'docker rm -f hello',
        `${run} one -p 8081:3000 learner/hellok8s:v1`,
        `${run} two -p 8082:3000 learner/hellok8s:v1`,
        2,
      ],
    },
    {
      name: 'who-holds-it',
      kind: 'fix',
      start: [
        `${run} morning -p 8080:80 alpine:3.22 sleep 36000`,
        `${run} web -p 8080:8080 learner/hellok8s:v1 || true`,
      ],
      checks: {
        answers: (view: ClusterView) => at(view, 8080).some(({ name }) => name === 'web'),
        kept: (view: ClusterView) => view.docker.containers.some(({ name }) => name === 'morning'),
      },
      solution: [
        'docker ps -a',
        'docker stop morning',
        'docker rm web',
        `${run} web -p 8080:3000 learner/hellok8s:v1`,
        2,
      ],
    },
  ],
} satisfies Lesson
