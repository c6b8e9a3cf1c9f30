// npm run readme: writes the generated parts of README.md (what is implemented, per kind and per command; recordings
// matched, per area; the lab's size).
// npm run readme -- --check: fails where they are out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { course } from '../content/course.ts'
import type { Conduct } from '../src/containers/catalog/family.ts'
import { registryTable } from '../src/containers/catalog/table.ts'
import { absent, dockerParts, otherNames } from '../src/docker/loaders.ts'
import { fieldEffects, withoutEffect } from '../src/kinds/field-effects.ts'
import { kinds } from '../src/kinds/index.ts'
import { commandParts } from '../src/kubectl/commands/loaders.ts'
import '../src/parts/preload.ts'
import { type Figures, mean } from './conformance/score.ts'
import { clientTable } from './readme/clients.ts'
import { askedFlags } from './readme/commands.ts'
import { behaviourOf } from './readme/kinds.ts'
import { samples } from './readme/samples.ts'

const root = join(import.meta.dirname, '..')
const path = join(root, 'README.md')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const { seeds, areas }: { seeds: number[]; areas: Figures } = JSON.parse(read('tests/conformance.json'))
/** How many matched, in the mean of the seeds. */
const figure = (matched: readonly number[]) => Math.round(mean(matched) * 10) / 10

/** kubectl 1.36's own list of commands, in the order of its help. */
const kubectlCommands =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion alpha api-resources api-versions config plugin version kuberc'.split(
    ' ',
  )

function kindTable(): string {
  const good = samples(root)
  const yes = (value: boolean) => (value ? 'yes' : 'no')
  const rows = [...kinds]
    .sort((a, b) => (a.group === b.group ? (a.kind < b.kind ? -1 : 1) : a.group < b.group ? -1 : 1))
    .flatMap(kind => {
      const found = behaviourOf(kind, good.get(kind.kind))
      if (!found) return []
      const { strict, defaults, damages, immutable, columns, acts } = found
      const refused = damages.of ? `${damages.refused} of ${damages.of}` : ''
      return [
        [
          kind.kind,
          kind.group || 'core',
          yes(strict),
          yes(defaults),
          refused,
          yes(immutable),
          yes(columns),
          yes(acts),
        ],
      ]
    })
  return [
    'Found out by sending a good object and damaged ones of each kind to a simulated cluster (`scripts/readme/kinds.ts`):',
    'unknown fields refused · left-out fields filled in · damages to single fields refused (each text once made nonsense and',
    'once empty, each number negative; not every such damage is a fault) · a change refused that a create would have taken ·',
    'columns of its own · something happens within a minute (others only read it).',
    '',
    '| kind | group | strict | defaults | damages refused | immutable fields | columns | acts |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(row => `| ${row.join(' | ')} |`),
  ].join('\n')
}

function commandTable(): string {
  const known = new Map(commandParts.all().map(command => [command.name, command]))
  const asked = [...askedFlags(root)]
  const rows = kubectlCommands.map(name => {
    const command = known.get(name)
    const area = areas[`kubectl/${name}`]
    const subcommands = (command?.commands ?? []).map(each => each.name).join(', ')
    const score = area ? `${figure(area.matched)} of ${area.total}` : ''
    const mine = asked.filter(([path]) => path === name || path.startsWith(`${name} `))
    const flags = mine.flatMap(([, each]) => each.flags).length
    const shown = (names: readonly string[]) => [...new Set(names)].map(flag => `--${flag}`).join(' ')
    const unseen = shown(mine.flatMap(([, each]) => each.unseen))
    const idle = [shown(mine.flatMap(([, each]) => each.idle)), unseen && `(${unseen})`]
      .filter(Boolean)
      .join(' ')
    return `| ${name} | ${command ? 'yes' : 'no'} | ${subcommands} | ${flags || ''} | ${idle} | ${score} |`
  })
  return [
    'A flag without effect says so to whoever gives it; of those in brackets nothing is seen on a real cluster that is well either. That there are no others is tested (`src/kubectl/idle-flags.test.ts`).',
    '',
    '| kubectl … | there | subcommands | flags | without effect | recorded steps matched |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Fields that the API accepts and that have no effect, by the reason. */
function fieldTable(): string {
  const acting = [...fieldEffects()].filter(({ file }) => file).length
  return [
    `Of the fields of pods, services, workloads, ingresses and network policies, ${acting} act. Accepted and without effect:`,
    '',
    '| without effect | because |',
    '|---|---|',
    ...[...withoutEffect()].map(([why, names]) => `| ${names.join(', ')} | ${why} |`),
  ].join('\n')
}

function areaTable(): string {
  const shown = Object.entries(areas).filter(
    ([area]) => !area.includes('/') || /^(corpus|scenarios)\//.test(area),
  )
  return [
    `Matched in the mean of the seeds ${seeds.join(', ')}:`,
    '',
    '| area | matched | of | |',
    '|---|---|---|---|',
    ...shown.map(
      ([area, { matched, total }]) =>
        `| ${area} | ${figure(matched)} | ${total} | ${((100 * mean(matched)) / total).toFixed(1)} % |`,
    ),
  ].join('\n')
}

const conducts: Record<Conduct, string> = {
  program: 'its own program, as far as tutorials use it',
  database: 'keeps what it is told on its volume; its client asks it',
  web: 'answers HTTP as the program of that name does',
  shell: "a shell and the tools of its system, with the release's facts",
  service: 'starts, logs, listens; what it would do with a request is left out',
  cluster: 'a part of a cluster: it runs, its work is done by the simulator or left out',
}

function imageTable(): string {
  const rows = registryTable().map(
    ({ names, tags, conduct, closed }) =>
      `| ${names.join(', ').replaceAll('*', '\\*')} | ${tags.replaceAll('|', '\\|').replaceAll('*', '\\*')}${closed ? ' (with a pull secret)' : ''} | ${conducts[conduct]} |`,
  )
  return ['| images | tags | what runs |', '|---|---|---|', ...rows].join('\n')
}

/** docker's commands, and those that it has and the simulator has not. */
function dockerTable(): string {
  const code = (names: Iterable<string>) =>
    [...names]
      .sort()
      .map(name => `\`${name}\``)
      .join(', ')
  return `The commands of docker 28 that act: ${code(dockerParts.names)}; also as ${code(Object.keys(otherNames))}.\n\nOf these it says that it has them not: ${code(absent)}.`
}

/** What is written of the course (content/), of what it is to be (content/course.ts). */
function courseTable(): string {
  const folders = readdirSync(join(root, 'content'), { withFileTypes: true }).filter(each =>
    each.isDirectory(),
  )
  const rows = course.map(({ number, title, lessons, story }) => {
    const folder = folders.find(({ name }) => Number(name.slice(0, 2)) === number)?.name
    const written = folder ? readdirSync(join(root, 'content', folder)) : []
    const count = written.filter(name => /^\d\d-/.test(name)).length
    const told = story ? (written.includes('story') ? 'yes' : 'no') : ''
    return `| ${number} | ${title.zh} | ${title.en} | ${count} of ${lessons.length} | ${told} |`
  })
  return ['| | 章 | chapter | lessons written | story |', '|---|---|---|---|---|', ...rows].join('\n')
}

/** What the build measured last and was committed (tests/sizes.json). */
function labSize(): string {
  const { lab, targets } = JSON.parse(read('tests/sizes.json')) as { lab: number; targets: { lab: number } }
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
  const fetched = `From the click to the first output ${kilobytes(lab)} gzip are fetched`
  return lab > targets.lab
    ? `${fetched}, more than the ${kilobytes(targets.lab)} wished for; the rest of the lab comes part by part.`
    : `${fetched}, within the ${kilobytes(targets.lab)} wished for; the rest of the lab comes part by part.`
}

const tables: Record<string, string> = {
  kinds: kindTable(),
  images: imageTable(),
  commands: commandTable(),
  areas: areaTable(),
  fields: fieldTable(),
  docker: dockerTable(),
  course: courseTable(),
  size: labSize(),
  clients: clientTable(),
}
const before = read('README.md')
const after = Object.entries(tables).reduce((text, [name, table]) => {
  const mark = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)
  if (!mark.test(text)) throw new Error(`README.md has no <!-- ${name} --> … <!-- /${name} -->`)
  return text.replace(mark, (_, start: string, end: string) => `${start}${table}\n${end}`)
}, before)

if (process.argv.includes('--check')) {
  const passed = before === after
  if (!passed) console.error('README.md is out of date: run `npm run readme`')
  console.log(`${passed ? 1 : 0} passed, ${passed ? 0 : 1} failed`)
  process.exitCode = passed ? 0 : 1
} else writeFileSync(path, after)
