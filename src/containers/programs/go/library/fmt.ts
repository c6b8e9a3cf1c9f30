// package fmt
import { format, sprint, sprintln } from '../format.ts'
import { GoErrorValue, type Native, type Package, pure, Tuple } from '../values.ts'
import { writeTo } from './write.ts'

const print = (make: (args: readonly unknown[]) => string): Native =>
  function* ({ process }, args) {
    const text = make(args)
    process.stdout.write(text)
    return new Tuple([text.length, null])
  }

const fprint = (make: (args: readonly unknown[]) => string): Native =>
  function* (machine, [writer, ...args]) {
    return yield* writeTo(machine, writer, make(args))
  }

const formatted = ([pattern, ...args]: readonly unknown[]): string => format(String(pattern), args)

export const fmt: Package = {
  values: {
    Print: print(sprint),
    Println: print(sprintln),
    Printf: print(formatted),
    Sprint: pure((...args) => sprint(args)),
    Sprintln: pure((...args) => sprintln(args)),
    Sprintf: pure((...args) => formatted(args)),
    Fprint: fprint(sprint),
    Fprintln: fprint(sprintln),
    Fprintf: fprint(formatted),
    Errorf: pure((pattern, ...args) => {
      const wrapped = args.find(each => each instanceof GoErrorValue)
      return new GoErrorValue(format(pattern, args), /%w/.test(pattern) ? wrapped : undefined)
    }),
  },
}
