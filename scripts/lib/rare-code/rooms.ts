// The rooms whose rare code is loaded as one, by folders of src; what stands in none stays whole.
const rooms: Readonly<Record<string, readonly string[]>> = {
  shell: ['shell'],
  kubectl: ['kubectl', 'manifest', 'yaml'],
  server: ['api', 'kinds', 'lesson', 'cluster', 'engine'],
  control: ['controllers', 'scheduler'],
  node: ['kubelet', 'containers', 'network'],
}
/** What loads and counts parts cannot be a part. */
const whole = /^src\/engine\/(?:rare|rare-rooms|parts)\.ts$|\/loaders\.ts$/

/** Of a path such as `src/shell/builtins.ts`. */
export function roomOf(path: string): string | undefined {
  if (whole.test(path)) return undefined
  const folder = path.split('/')[1] ?? ''
  return Object.keys(rooms).find(room => rooms[room]!.includes(folder))
}

/** Name of the room of a group of what some lessons call (tiers.ts), which nobody types as a word: `A` … `Z`, `A1` … `Z1`. */
export const earlyRoom = (group: number): string =>
  `${String.fromCharCode(65 + (group % 26))}${Math.floor(group / 26) || ''}`
export const isEarly = (room: string): boolean => /^[A-Z]\d*$/.test(room)
