package io.murmuration.orchestration;

/** What decisions have as effects outside of the books. Told while decisions are made: whatever takes time has to wait. */
interface Effects {
    /** An agent that is called has a task now. */
    void call(ActingAgent acting, AssignedTask task);

    /** An agent that fetches its tasks has one to fetch, or is not registered any more. */
    void wake(String agent);

    /** An attempt is over while its call may still go on. */
    void interrupt(Attempt attempt);

    /** A task has ended. */
    void ended(TaskView task);

    /** A round is too large to be solved at once. */
    void solve(RoundDraft draft);
}
