import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const megabyte = 1_000_000
const image = (view: ClusterView, name: string) =>
  view.docker.images.find(({ tags }) => tags.includes(`docker.io/${name}`))
const day = 86_400_000
/** An image under this name that was built here and not long ago somewhere else, and no bigger than so many MB. */
const small = (view: ClusterView, name: string, most: number): boolean => {
  const found = image(view, name)
  return found !== undefined && view.now - found.created < day && found.size <= most * megabyte
}
/** A container of the image now behind this name answers on this port of the machine. */
const answers = (view: ClusterView, name: string, host: number): boolean =>
  view.docker.containers.some(
    ({ image: id, since, ports }) =>
      id === image(view, name)?.id &&
      since !== undefined &&
      ports.some(port => port.host === host && port.container === 3000),
  )

export default {
  transcript: 'dockerfile.console',
  minutes: 14,
  level: 1,
  needs: ['0.1'],
  exercises: [
    {
      name: 'two-stages',
      kind: 'repeat',
      checks: {
        small: (view: ClusterView) => small(view, 'learner/hellok8s:v1', 20),
        answers: (view: ClusterView) => answers(view, 'learner/hellok8s:v1', 3000),
      },
      solution: [
        'docker build -t learner/hellok8s:v1 .',
        'docker run -d -p 3000:3000 learner/hellok8s:v1',
        2,
      ],
    },
    {
      name: 'program-only',
      kind: 'vary',
      checks: {
        small: (view: ClusterView) => small(view, 'learner/hellok8s:tiny', 9),
        answers: (view: ClusterView) => answers(view, 'learner/hellok8s:tiny', 8080),
      },
      solution: [
        "sed -i 's/alpine:3.22/scratch/' Dockerfile",
        'docker build -t learner/hellok8s:tiny .',
        'docker run -d -p 8080:3000 learner/hellok8s:tiny',
        2,
      ],
    },
    {
      name: 'does-not-build',
      kind: 'fix',
      start: [
        "sed -i 's/--from=builder/--from=build/; s/COPY go.mod main.go/COPY go.sum main.go/' Dockerfile",
        'sed -i \'s/net.http"/net\\/htp"/\' main.go',
      ],
      checks: {
        small: (view: ClusterView) => small(view, 'learner/hellok8s:v1', 20),
        answers: (view: ClusterView) => answers(view, 'learner/hellok8s:v1', 3000),
      },
      solution: [
        "sed -i 's/--from=build /--from=builder /; s/go.sum/go.mod/' Dockerfile",
        'sed -i \'s/htp"/http"/\' main.go',
        'docker build -t learner/hellok8s:v1 .',
        'docker run -d -p 3000:3000 learner/hellok8s:v1',
        2,
      ],
    },
  ],
} satisfies Lesson
