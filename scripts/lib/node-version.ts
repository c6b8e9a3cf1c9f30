// Every build and every test run says at once when it is about to run on a Node that cannot carry it. npm scripts find
// the pinned Node (scripts/pinned-node) first on PATH; on platforms without one, any recent enough Node does.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

export function requireNode(): void {
  if (major > 22 || (major === 22 && minor >= 12)) return
  console.error(
    `Node ${process.versions.node} is too old: 22.12 or later is needed. Start scripts with npm run (it finds the pinned Node) or update Node.`,
  )
  process.exit(1)
}
