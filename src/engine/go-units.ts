// Sizes and times as docker and the clients of container runtimes write them (github.com/docker/go-units).

const decimals = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** units.HumanSizeWithPrecision: `10.7MB` with three digits, `10.67MB` with four. */
export function humanSize(bytes: number, digits = 4): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < decimals.length - 1) {
    value /= 1000
    unit++
  }
  return `${general(value, digits)}${decimals[unit]}`
}

/** fmt's %.Ng for numbers of everyday size. */
const general = (value: number, digits: number): string => String(Number(value.toPrecision(digits)))

const binaries = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** units.BytesSize: `7.6MiB`. */
export function bytesSize(bytes: number, digits = 4): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < binaries.length - 1) {
    value /= 1024
    unit++
  }
  return `${general(value, digits)}${binaries[unit]}`
}

/** units.HumanDuration: `Less than a second`, `About a minute`, `5 months`. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.floor(seconds / 3600 + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(hours / 24 / 365)} years`
}
