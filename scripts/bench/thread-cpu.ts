/** CPU of this thread in ms; of the whole process where this Node cannot tell. */
export function threadCpu(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)()
  return (user + system) / 1000
}
