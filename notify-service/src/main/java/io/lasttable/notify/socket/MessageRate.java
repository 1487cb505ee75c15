package io.lasttable.notify.socket;

/** A token bucket without a timer: what has been refilled is reckoned when it is asked. */
final class MessageRate {

    private final int perSecond;
    private final int burst;
    private float left;
    private long at;

    MessageRate(int perSecond, int burst, long nowMillis) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.at = nowMillis;
    }

    boolean admits(long nowMillis) {
        left = Math.min(burst, left + (nowMillis - at) * perSecond / 1000f);
        at = nowMillis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
