// The capabilities of Linux in the order of their bits (linux/capability.h), and those that the runtime gives to a
// container which asks for nothing (containerd's default, as docker's).
import type { Identity } from '../engine/identity.ts'

export const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const

const defaultCapabilities: readonly string[] = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
]

/** The set as /proc shows it: 16 hexadecimal digits. */
export function capabilityMask(set: ReadonlySet<string>): string {
  let mask = 0n
  for (const [bit, name] of capabilities.entries()) if (set.has(name)) mask |= 1n << BigInt(bit)
  return mask.toString(16).padStart(16, '0')
}

/**
 * What is added to and dropped from the runtime's own set: ALL first, then one by one (WithCapabilities of containerd's
 * CRI plugin). Names come with or without `CAP_`; those that the kernel does not know are ignored, as runc does.
 */
export function boundingSet(add: readonly string[] = [], drop: readonly string[] = []): Set<string> {
  const names = (list: readonly string[]) => list.map(name => name.toUpperCase().replace(/^CAP_/, ''))
  const [added, dropped] = [names(add), names(drop)]
  const set = new Set<string>(
    dropped.includes('ALL') ? [] : added.includes('ALL') ? capabilities : defaultCapabilities,
  )
  for (const name of added) if ((capabilities as readonly string[]).includes(name)) set.add(name)
  for (const name of dropped) set.delete(name)
  return set
}

export const allCapabilities: ReadonlySet<string> = new Set(capabilities)
const none: ReadonlySet<string> = new Set()

/** A user of a container: only root's processes hold the container's capabilities. */
export const identityOf = (
  uid: number,
  gid: number,
  groups: readonly number[],
  bounding: ReadonlySet<string>,
): Identity => ({
  uid,
  gid,
  groups: [...new Set([gid, ...groups])].sort((a, b) => a - b),
  capabilities: uid === 0 ? bounding : none,
})
