// npm run latencies -- --listening
//
// How long a container's first process runs before the runtime tells who asked that it runs: containerd and runc of this
// machine start a program that says when it began. What it prints goes by hand into src/kubelet/sync-containers.ts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deciles } from './deciles.ts'

const needs = ['containerd', 'runc', 'ctr', 'go']
const starts = 120

const program = `package main
import ("fmt"; "time")
func main() { fmt.Println(time.Now().UnixNano()); time.Sleep(300 * time.Millisecond) }`

/** `2026-11-30 09:28:07.900860252 +0000 UTC default /tasks/start {"container_id":"x1","pid":2408}` */
const started = /^(\S+) (\S+?)\.(\d+) \+0000 UTC \S+ \/tasks\/start \{"container_id":"([^"]+)"/gm

/** In the order of the starts, ms; says what is missing where it cannot. */
export async function measureAnswering(): Promise<void> {
  const name = 'answer'.padEnd(14)
  const missing = needs.filter(each => spawnSync('which', [each]).status !== 0)
  if (missing.length || process.getuid?.() !== 0) {
    console.log(`${name} not measured: ${missing.join(', ') || 'root'} is not on this machine`)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'answering-'))
  const rootfs = join(folder, 'rootfs')
  for (const each of ['bin', 'proc', 'dev', 'sys']) mkdirSync(join(rootfs, each), { recursive: true })
  writeFileSync(join(folder, 'main.go'), program)
  spawnSync('go', ['build', '-o', join(rootfs, 'bin/tell'), join(folder, 'main.go')], {
    env: { ...process.env, CGO_ENABLED: '0' },
  })
  const socket = join(folder, 'socket')
  const running: ChildProcess[] = []
  try {
    const at = (each: string) => join(folder, each)
    running.push(
      spawn('containerd', ['--root', at('root'), '--state', at('state'), '--address', socket], {
        stdio: 'ignore',
      }),
    )
    await sleep(3000)
    const events = spawn('ctr', ['-a', socket, 'events'])
    running.push(events)
    let told = ''
    events.stdout.on('data', text => (told += text))
    await sleep(1000)
    const began = new Map<string, number>()
    for (let i = 0; i < starts; i++) {
      const id = `x${i}`
      const argv = ['-a', socket, 'run', '--rm', '--rootfs', rootfs, id, '/bin/tell']
      began.set(id, Number(spawnSync('ctr', argv, { encoding: 'utf8' }).stdout) / 1e6)
      // So that the events are read.
      await sleep(20)
    }
    await sleep(500)
    const samples = [...told.matchAll(started)].flatMap(([, day, time, fraction, id]) => {
      const ms = Date.parse(`${day}T${time}Z`) + Number(`0.${fraction}`) * 1000
      const from = began.get(id!)
      // Where the machine was busy, the word may have come before the program's own.
      return from ? [Math.max(0, ms - from)] : []
    })
    console.log(`${name} ${String(samples.length).padStart(4)}  ${deciles(samples).join(', ')}`)
  } finally {
    for (const each of running) each.kill()
    await sleep(500)
    rmSync(folder, { recursive: true, force: true })
  }
}
