package io.lasttable.notify.wire;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;

/** The handlers of Vert.x' pipelines that this room stands beside, by their names there. */
final class Handlers {

    /** Vert.x' own end of the pipeline. */
    private static final String CONNECTION = "handler";

    /** Makes bytes of frames, once a connection has been upgraded. */
    static final String FRAME_ENCODER = "wsencoder";

    /** The HTTP idle timer; absent when that is switched off. */
    static final String IDLE = "idle";

    /** Vert.x, or the extension, has moved: an upgrade of Quarkus does not fit this room. */
    static final class Moved extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Moved(String name, ChannelPipeline pipeline) {
            super("Beneath quarkus-websockets-next no handler is called '" + name + "', only " + pipeline.names()
                    + ": the room 'wire' does not fit this version of Quarkus");
        }
    }

    private Handlers() {}

    /** @throws Moved when there is none of this name */
    static ChannelHandlerContext find(ChannelPipeline pipeline, String name) {
        ChannelHandlerContext found = pipeline.context(name);
        if (found == null) {
            throw new Moved(name, pipeline);
        }
        return found;
    }

    /** Puts a handler of ours where all that Vert.x reads and writes goes by, in place of one that an earlier request left there. */
    static void stand(ChannelPipeline pipeline, String name, ChannelHandler ours) {
        removeIfThere(pipeline, name);
        pipeline.addBefore(find(pipeline, CONNECTION).name(), name, ours);
    }

    static void removeIfThere(ChannelPipeline pipeline, String name) {
        if (pipeline.context(name) != null) {
            pipeline.remove(name);
        }
    }
}
