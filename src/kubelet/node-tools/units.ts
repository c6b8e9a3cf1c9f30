// Sizes and durations as the clients of container runtimes print them (github.com/docker/go-units).

/** units.HumanSize: `22.3MB`, three significant digits and thousands. */
export function decimal(size: number): string {
  let value = size
  let unit = 0
  while (value >= 1000 && unit < 3) {
    value /= 1000
    unit++
  }
  return `${Number(value.toPrecision(3))}${['B', 'kB', 'MB', 'GB'][unit]}`
}

/** units.HumanDuration: `8 minutes`, `About an hour`. */
export function longDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.round(seconds / 3600)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  return `${Math.floor(hours / 24)} days`
}
