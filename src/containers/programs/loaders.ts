// Where the programs of containers stand that a workstation lacks, or has in another form; by name, in the order in which
// an image lists them.
import { PartTable } from '../../engine/parts.ts'
import type { Program } from '../../engine/process.ts'
import { called, type Tool } from '../../shell/command.ts'
import type { Executable } from '../images/image.ts'

const small = () => import('./tools.ts').then(each => each.containerTools)
const who = () => import('./who.ts').then(each => each.whoTools)
const machine = () => import('./machine.ts').then(each => each.machineTools)

/** What busybox has and the slim images of Debian lack: to look at the machine and its processes. */
export const machineParts = new PartTable<Tool>('program of busybox', {
  ls: () => import('./ls.ts').then(each => each.ls),
  df: () => machine().then(called('df')),
  free: () => machine().then(called('free')),
  uptime: () => machine().then(called('uptime')),
  ifconfig: () => machine().then(called('ifconfig')),
  top: () => machine().then(called('top')),
  dmesg: () => machine().then(called('dmesg')),
  kill: () => machine().then(called('kill')),
  telnet: () => import('./raw.ts').then(each => each.telnet),
  du: () => import('./disk.ts').then(each => each.du),
  vi: () => import('./vi.ts').then(each => each.vi),
  netstat: () => import('./netstat.ts').then(each => each.netstat),
  traceroute: () => import('./traceroute.ts').then(each => each.traceroute),
})

export const containerParts = new PartTable<Tool>('program of containers', {
  hostname: () => small().then(called('hostname')),
  printenv: () => small().then(called('printenv')),
  whoami: () => who().then(called('whoami')),
  id: () => who().then(called('id')),
  groups: () => who().then(called('groups')),
  tty: () => who().then(called('tty')),
  uname: () => small().then(called('uname')),
  ps: () => small().then(called('ps')),
  mount: () => small().then(called('mount')),
  wget: () => import('./wget.ts').then(each => each.wget),
  ping: () => small().then(called('ping')),
  nc: () => import('./raw.ts').then(each => each.nc),
  dd: () => small().then(called('dd')),
  httpd: () => small().then(called('httpd')),
  ip: () => import('./ip.ts').then(each => each.podIp),
  tar: () => import('./tar.ts').then(each => each.tar),
})

/** nslookup of busybox as it is, and as it was. */
export const lookupParts = new PartTable<Program>('nslookup', {
  current: () => import('./nslookup.ts').then(each => each.newNslookup),
  '1.28': () => import('./nslookup.ts').then(each => each.oldNslookup),
})

/** What runs an executable of that kind (engine/binary.ts), by what it says of itself. */
export const binaryParts = new PartTable<(payload: string) => Executable>('kind of executable', {
  go: () => import('./go/program.ts').then(each => each.goExecutable),
})
