// What a real kubectl is given to do, by the data of tests/cluster/commands.test.ts, which holds it so.
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
  ].join('\n')
}
