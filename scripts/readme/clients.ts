// What clients that others wrote are given to do: commands of a real kubectl, by the data of tests/cluster/commands.test.ts,
// which holds it so; and what else is tried, by the names of the tests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explained, groups } from '../../tests/cluster/commands.ts'

export function clientTable(): string {
  const rows = Object.entries(groups).map(([group, commands]) => {
    const otherwise = commands.filter(command => explained[command]).length
    return [group, commands.length - otherwise, otherwise, commands.length] as const
  })
  const sum = (column: 1 | 2 | 3) => rows.reduce((all, row) => all + row[column], 0)
  return [
    "Commands that a real kubectl (1.32) gives `npm run cluster` over TLS, and what it prints beside the simulator's own kubectl",
    '(1.36); where versions differ the reason stands by the command (`tests/cluster/commands.ts`):',
    '',
    '| group | equal | differ by version | commands |',
    '|---|---|---|---|',
    ...[...rows, ['all', sum(1), sum(2), sum(3)]].map(row => `| ${row.join(' | ')} |`),
    '',
    '| client | tests | what is tried |',
    '|---|---|---|',
    ...suites.map(([client, file]) => {
      const names = testsOf(file)
      return `| ${client} | ${names.length} | ${names.join('; ')} |`
    }),
  ].join('\n')
}

const suites = [
  ['@kubernetes/client-node 2', 'client-node.test.ts'],
  ['kubectl 1.32, what streams both by WebSockets and by SPDY', 'kubectl-streams.test.ts'],
  ['node:https and kubectl 1.32, by certificates', 'client-certificates.test.ts'],
] as const

const testsOf = (file: string): string[] =>
  [...readFileSync(join('tests/cluster', file), 'utf8').matchAll(/^ *test\('([^']+)'/gm)].map(
    ([, name]) => name!,
  )
