// What a play on a real cluster came to, as text and as one page of HTML.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface PlayedOnCluster {
  /** `examples/04-deployment/roll-back.console:12` */
  readonly place: string
  readonly command: string
  readonly expected: string
  /** Undefined where it was left out. */
  readonly output?: string
  readonly same: boolean
  /** It was so only when it was asked again. */
  readonly late?: boolean
  readonly skipped?: string
}

/** `on your cluster (kind-kind) 612 of 640 outputs are as printed, 9 of them a little later; 40 commands were left out`. */
function headline(context: string, all: readonly PlayedOnCluster[]): string {
  const played = all.filter(each => each.skipped === undefined)
  const same = played.filter(each => each.same)
  const late = same.filter(each => each.late)
  const later = late.length ? `, ${late.length} of them a little later` : ''
  return `on your cluster (${context}) ${same.length} of ${played.length} outputs are as printed${later}; ${all.length - played.length} commands were left out`
}

/** Reasons with how many commands each left out, the most frequent first. */
function reasonsOf(all: readonly PlayedOnCluster[]): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { skipped } of all)
    if (skipped !== undefined) counts.set(skipped, (counts.get(skipped) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

const different = (all: readonly PlayedOnCluster[]) =>
  all.filter(each => each.skipped === undefined && !each.same)

export function textReport(context: string, all: readonly PlayedOnCluster[]): string {
  const differences = different(all).map(
    each =>
      `${each.place}: $ ${each.command.split('\n')[0]}\n${diffOf(each).replace(/^/gm, '  ').trimEnd()}\n`,
  )
  const reasons = reasonsOf(all).map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason}`)
  return [
    ...differences,
    ...(reasons.length ? ['Left out:', ...reasons, ''] : []),
    `${headline(context, all)}.`,
  ].join('\n')
}

export function diffOf({ expected, output = '' }: PlayedOnCluster): string {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  try {
    writeFileSync(join(folder, 'printed'), expected)
    writeFileSync(join(folder, 'came'), output)
    const labels = ['--label', 'in the course', '--label', 'on your cluster']
    return (
      spawnSync('diff', ['-U2', ...labels, 'printed', 'came'], { cwd: folder, encoding: 'utf8' }).stdout ?? ''
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (text: string): string => text.replace(/[&<>"]/g, each => escapes[each]!)

export function htmlReport(context: string, all: readonly PlayedOnCluster[]): string {
  const line = (text: string) =>
    /^[-+](?![-+]{2} )/.test(text)
      ? `<span class="${text[0] === '-' ? 'old' : 'new'}">${html(text)}</span>`
      : html(text)
  const differences = different(all).map(
    each =>
      `<h3>${html(each.place)}</h3>\n<pre><b>$ ${html(each.command)}</b>\n${diffOf(each).trimEnd().split('\n').map(line).join('\n')}</pre>`,
  )
  const reasons = reasonsOf(all).map(
    ([reason, count]) => `<tr><td>${count}</td><td>${html(reason)}</td></tr>`,
  )
  const marks = all.map(each => {
    const mark = each.skipped !== undefined ? `– ${each.skipped}` : each.same ? '✓' : '✗'
    return `<tr><td>${html(mark)}</td><td>${html(each.place)}</td><td><code>${html(each.command.split('\n')[0] ?? '')}</code></td></tr>`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Living Kubernetes on ${html(context)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { background: #f4f4f2; padding: .75rem; overflow-x: auto }
.old { color: #8a1c1c } .new { color: #14532d }
td { padding: .1rem .75rem .1rem 0; vertical-align: top; overflow-wrap: anywhere }
td:first-child { overflow-wrap: normal }
</style>
<h1>${html(headline(context, all))}</h1>
<h2>Differences</h2>
${differences.join('\n') || '<p>None.</p>'}
<h2>Left out</h2>
<table>${reasons.join('\n')}</table>
<h2>All commands</h2>
<table>${marks.join('\n')}</table>
</html>
`
}
