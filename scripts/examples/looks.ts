// Whether a command only looks, so that it may be asked again: a real cluster comes later to what a transcript shows than a
// simulated one.

/** Verbs of kubectl that change nothing; with more words where one alone says too little. */
const looking =
  /^(?:api-resources|api-versions|auth|cluster-info|describe|diff|events|explain|get|logs|top|version|config (?:current-context|get-contexts|view)|rollout history)\b/
const followed = /(?:^|\s)(?:-w|--watch(?:-only)?|-f(?=\s|$)(?!.*\.ya?ml)|--follow)\b/
/** Programs that look, in a container too. */
const lookers =
  /^(?:awk|base64|cat|column|curl(?!.*\s(?:-X|-d|--data|--request)\b)|cut|date|echo|env|getent|grep|head|hostname|id|ip|jq|ls|nslookup|printenv|ps|sed(?! -i)|sort|tail|tr|uniq|wc|wget)\b/

/** A loop is not asked again, nor is what writes a file or sets a variable. */
export function onlyLooks(line: string): boolean {
  const plain = line.replace(/'[^']*'|"[^"$]*"/g, "''").replace(/\d?>\s*(?:\/dev\/null|&\d)/g, '')
  if (/[<>`{}]|(?:^|[;|&(\s])(?:for|while|if|time|read)\s|^\w+=/.test(plain)) return false
  return plain
    .split(/\|\|?|&&|;|\n|\$\(|\)/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .every(part => {
      const kubectl = /^(?:kubectl|kk|k)\s+(.*)/.exec(part)?.[1]
      if (kubectl === undefined) return lookers.test(part) || !/^[a-z]/.test(part)
      const words = kubectl.replace(/(?:^|\s)(?:-n|--namespace|--context)[ =]\S+/g, '').trim()
      const inside = /^exec\s.*?--\s+(.*)/.exec(words)?.[1]
      if (inside !== undefined) return lookers.test(inside)
      return looking.test(words) && !(/^(?:get|logs|events)\b/.test(words) && followed.test(words))
    })
}
