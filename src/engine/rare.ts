// Functions that basic sessions never call. In the sources they stand where they belong; the build of the lab
// (scripts/lib/rare-code) moves their bodies into a few chunks, one a room of the house, and leaves a door in their
// place, which behaves as any other part that may be missing. Elsewhere there are no doors and the table is empty.
import { PartTable } from './parts.ts'
import { rooms } from './rare-rooms.ts'

/** Any function, with whatever `this` it is called on. */
type Door = (this: unknown, ...args: unknown[]) => unknown

/** The moved functions of a room, by number. */
export const rareParts = new PartTable<readonly Door[]>('rare code', rooms)

/** Stands for the function of that number; throws MissingPart where its room is not loaded. */
export function door(room: string, number: number): Door {
  return function (...args) {
    return rareParts.get(room)[number]!.apply(this, args)
  }
}

/** Doors for as many functions as are taken; numbers count on from the first. */
export function* doorsFrom(room: string, first: number): Generator<Door> {
  for (let number = first; ; number++) yield door(room, number)
}

/**
 * What a function inside another does: the moved one is handed the variables that it knows of those around it, and then
 * called.
 */
export const nestedDoor = (
  room: string,
  number: number,
  captured: readonly unknown[],
  args: readonly unknown[],
): unknown => (rareParts.get(room)[number]!(...captured) as Door)(...args)

/** Doors for methods: numbers count on from the first. */
export function doors(prototype: object, room: string, first: number, names: string): void {
  for (const [i, name] of names.split(' ').entries())
    Object.defineProperty(prototype, name, {
      value: door(room, first + i),
      configurable: true,
      writable: true,
    })
}
