/**
 * Everything that reaches beneath quarkus-websockets-next and Vert.x, and nothing else: frames in and out, what an upgrade
 * leaves behind, how the event loops share out their time, and when the native executable collects its garbage. The only room
 * that imports the internals of Netty, Vert.x and Quarkus.
 */
@CheckReturnValue
package io.lasttable.notify.wire;

import com.google.errorprone.annotations.CheckReturnValue;
