// What a world may be made with, checked: an option that nobody knows would be one without effect.
import type { PlayOptions } from '../lesson/playground.ts'
import { WorldError } from './error.ts'
import type { WorldOptions } from './types.ts'

const mostWorkers = 100
const switches = ['metrics', 'loadBalancer', 'ingressController', 'anyImage'] as const
const known = new Set<string>(['seed', 'workers', 'files', ...switches])

export function checkedOptions(options: WorldOptions): PlayOptions {
  for (const name of Object.keys(options))
    if (!known.has(name)) throw new WorldError(`There is no option ${name}: ${[...known].sort().join(', ')}`)
  const { seed = 1, workers = 2, files = {} } = options
  whole('seed', seed, 0, 2 ** 31)
  whole('workers', workers, 1, mostWorkers)
  for (const [file, text] of Object.entries(files))
    if (typeof text !== 'string') throw new WorldError(`The file ${file} is no text`)
  const on = (name: (typeof switches)[number]): boolean => {
    const value = options[name] ?? false
    if (typeof value !== 'boolean') throw new WorldError(`${name} is true or false, not ${value}`)
    return value
  }
  return {
    seed,
    workers,
    metrics: on('metrics'),
    loadBalancer: on('loadBalancer'),
    ingressController: on('ingressController'),
    anyImage: on('anyImage'),
  }
}

function whole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new WorldError(`${name} is a whole number from ${least} to ${most}, not ${value}`)
}
