import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const image = (view: ClusterView, name: string) =>
  view.docker.images.find(({ tags }) => tags.includes(`docker.io/${name}`))
const nameless = (view: ClusterView) => view.docker.images.filter(({ tags }) => tags.length === 0)
const ignoreFiles = ['Dockerfile.all.dockerignore', '.dockerignore']
/** The list of what stays out; one named after the Dockerfile comes first. */
const ignoreFile = (view: ClusterView) => ignoreFiles.find(name => view.file(name) !== undefined)
/** The newest build in a log: what it printed of a step, `CACHED` or `DONE`; its number stands before each of its lines. */
function outcome(log: string, step: RegExp): string | undefined {
  const lines = log.slice(Math.max(0, log.lastIndexOf('#0 '))).split('\n')
  const id = lines.find(line => step.test(line))?.split(' ')[0]
  return lines
    .find(line => id && line.startsWith(`${id} `) && /^#\d+ (CACHED|DONE)/.test(line))
    ?.split(' ')[1]
}
/** The log is of a build that made an image of this machine, and newer than what the build was to be tried with. */
function isProof(view: ClusterView, log: string): boolean {
  const written = view.modified('build.txt') ?? 0
  const ignore = ignoreFile(view)
  return (
    view.docker.images.some(({ id }) => log.includes(id)) &&
    ignore !== undefined &&
    [ignore, 'notes.txt'].every(name => (view.modified(name) ?? Number.POSITIVE_INFINITY) < written)
  )
}
const greeting = (word: string) => `sed -i 's/Hello, [A-Za-z]*/Hello, ${word}/' main.go`

export default {
  transcript: 'cache.console',
  minutes: 13,
  level: 1,
  needs: ['2.1'],
  exercises: [
    {
      name: 'two-versions',
      kind: 'repeat',
      start: ['docker build -q -t learner/hellok8s:v1 .'],
      checks: {
        v1: (view: ClusterView) => image(view, 'learner/hellok8s:v1') !== undefined,
        v2: (view: ClusterView) => {
          const [old, made] = ['v1', 'v2'].map(tag => image(view, `learner/hellok8s:${tag}`))
          return made !== undefined && made.id !== old?.id && view.now - made.created < 86_400_000
        },
        named: (view: ClusterView) => view.docker.images.length > 0 && nameless(view).length === 0,
      },
      solution: [greeting('readers'), 'docker build -t learner/hellok8s:v2 .'],
    },
    {
      name: 'keep-out',
      kind: 'vary',
      start: ['echo one > notes.txt', 'docker build -q -t hellok8s -f Dockerfile.all .'],
      checks: {
        'kept-out': (view: ClusterView) => {
          const name = ignoreFile(view)
          return name !== undefined && view.docker.ignores(view.file(name) ?? '', 'notes.txt')
        },
        changed: (view: ClusterView) => (view.file('notes.txt') ?? 'one').trim() !== 'one',
        cached: (view: ClusterView) => {
          const log = view.file('build.txt') ?? ''
          return (
            isProof(view, log) &&
            [/ COPY \. \.$/, / RUN go build/].every(step => outcome(log, step) === 'CACHED')
          )
        },
      },
      solution: [
        "echo '*.txt' > .dockerignore",
        'docker build -q -t hellok8s -f Dockerfile.all .',
        'echo two >> notes.txt',
        'docker build -t hellok8s -f Dockerfile.all --progress=plain . > build.txt 2>&1',
      ],
    },
    {
      name: 'leftovers',
      kind: 'fix',
      start: [
        'docker build -q -t hellok8s .',
        'docker run -d --name old hellok8s',
        greeting('readers'),
        'docker build -q -t hellok8s .',
        'docker create --name tried hellok8s',
        greeting('friends'),
        'docker build -q -t hellok8s .',
        'docker run -d --name shop hellok8s',
        2,
      ],
      checks: {
        alone: (view: ClusterView) =>
          view.docker.images.length === 1 && image(view, 'library/hellok8s:latest') !== undefined,
        shop: (view: ClusterView) =>
          view.docker.containers.some(
            each =>
              each.name === 'shop' &&
              each.since !== undefined &&
              each.image === image(view, 'library/hellok8s:latest')?.id,
          ),
      },
      solution: ['docker ps -a', 'docker rm -f old tried', 'docker image prune -f'],
    },
  ],
} satisfies Lesson
