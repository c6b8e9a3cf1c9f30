import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const image = (view: ClusterView, name: string) =>
  view.docker.images.find(({ tags }) => tags.includes(`docker.io/${name}`))
const nameless = (view: ClusterView) => view.docker.images.filter(({ tags }) => tags.length === 0)
/** What a build printed of a step: `CACHED`, `DONE 3.0s`; its number stands before each of its lines. */
function outcome(log: string | undefined, step: RegExp): string | undefined {
  const lines = log?.split('\n') ?? []
  const id = lines.find(line => step.test(line))?.split(' ')[0]
  return lines
    .find(line => id && line.startsWith(`${id} `) && /^#\d+ (CACHED|DONE)/.test(line))
    ?.split(' ')[1]
}
/** Do these lines of a .dockerignore keep notes.txt out? The usual ways to write it; the last that fits counts. */
function keepsOut(ignore: string | undefined): boolean {
  const fits = /^!?(\.?\/)?(\*\*\/)?(\*\*?|notes\.txt|notes?\*?(\.\*|\.txt)?|\*\.t\*|\*\.tx[t?])$/
  const lines = (ignore ?? '').split('\n').map(line => line.trim())
  return (
    lines
      .filter(line => fits.test(line))
      .at(-1)
      ?.startsWith('!') === false
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
        'kept-out': (view: ClusterView) => keepsOut(view.file('.dockerignore')),
        changed: (view: ClusterView) => (view.file('notes.txt') ?? 'one').trim() !== 'one',
        cached: (view: ClusterView) =>
          outcome(view.file('build.txt'), /COPY \. \./) === 'CACHED' &&
          outcome(view.file('build.txt'), /RUN go build/) === 'CACHED',
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
