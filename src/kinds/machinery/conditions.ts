// What a status says of an object in its list of conditions, of which each type stands there once.

interface WithConditions<Condition> {
  readonly conditions?: readonly Condition[]
}

/** The condition of a type, be it true or not. */
export function findCondition<Condition extends { readonly type: string }>(
  status: WithConditions<Condition> | undefined,
  type: string,
): Condition | undefined {
  const conditions = status?.conditions
  if (conditions)
    for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === type) return conditions[i]
  return undefined
}

/** Whether the condition of a type is there and true. */
export const isTrue = (
  status: WithConditions<{ readonly type: string; readonly status: string }> | undefined,
  type: string,
): boolean => findCondition(status, type)?.status === 'True'
