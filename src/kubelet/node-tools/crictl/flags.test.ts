// No flag of crictl is taken and forgotten: what a command does not ask for, it says that it does not heed.
import { expect, test, vi } from 'vitest'
import { World } from '../../../lesson/world.ts'
import { clientFlags, commands, withoutEffect } from './commands.ts'
import { Options } from './flags.ts'

/** Of each command some ways to call it, in which it comes to all of its flags. ID: of the newest container. */
const calls: Readonly<Record<string, readonly string[]>> = {
  config: ['--list', '--get debug', '--set debug=false'],
  exec: ['-e ID true', '-s ID true', '-it ID true', '--name ^box$ true'],
  imagefsinfo: ['', '-o go-template --template {{.}}'],
  images: ['', '-q', '-v'],
  info: ['', '-o go-template --template {{.}}'],
  inspect: ['', '-o go-template --template {{.}} ID'],
  inspecti: ['', '-o go-template --template {{.}}'],
  inspectp: ['', '-o go-template --template {{.}}'],
  logs: ['ID'],
  pods: [''],
  ps: [''],
  pull: ['busybox:1.36'],
  rm: ['--force ID'],
  rmi: ['--prune', 'nope'],
  rmp: ['--all'],
  stats: ['ID'],
  statsp: ['ID'],
  stop: ['ID'],
}

const namesOf = (flags = ''): string[] => flags.split('\n').flatMap(line => /^[\w-]+/.exec(line)?.[0] ?? [])

test('every flag of a command is asked for, or is said to have no effect', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl run box --image=busybox:1.36 -- sleep 1000')
  world.advance(6000)
  const asked = new Map<Options, Set<string>>()
  for (const method of ['text', 'list', 'isGiven'] as const) {
    const own = Options.prototype[method] as (this: Options, name: string) => never
    vi.spyOn(Options.prototype, method).mockImplementation(function (this: Options, name: string) {
      asked.set(this, (asked.get(this) ?? new Set()).add(name))
      return own.call(this, name)
    })
  }
  const client = new Set(withoutEffect[''])
  const forgotten = Object.entries(commands).flatMap(([name, spec]) => {
    const flags = namesOf('flags' in spec ? spec.flags : '')
    const heard = new Set(withoutEffect[name])
    for (const call of calls[name] ?? []) {
      const id = world.run('ssh k8s-node1 crictl ps -q -n 1').stdout.trim()
      asked.clear()
      world.run(`ssh k8s-node1 'crictl ${name} ${call.replace('ID', id)}'`)
      for (const [options, names] of asked)
        for (const each of names) (options.args[0] === name ? client : heard).add(each)
    }
    return calls[name] ? flags.filter(flag => !heard.has(flag)).map(flag => `${name} --${flag}`) : []
  })
  vi.restoreAllMocks()
  expect(forgotten).toEqual([])
  expect(namesOf(clientFlags.flags).filter(flag => !client.has(flag))).toEqual([])
})

test('a command that is not here takes no flags either', () => {
  const world = new World({ seed: 1 })
  for (const name of Object.keys(commands).filter(each => !calls[each] && !/^(stopp|version)$/.test(each)))
    expect(world.run(`ssh k8s-node1 crictl ${name} --any x`).stderr).toContain(
      `'${name}' is not part of this simulator`,
    )
})
