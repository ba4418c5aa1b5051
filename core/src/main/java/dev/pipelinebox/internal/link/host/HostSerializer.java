package dev.pipelinebox.internal.link.host;

import akka.actor.ExtendedActorSystem;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pipelinebox.internal.launch.blob.transfer.BlobAcknowledged;
import dev.pipelinebox.internal.launch.blob.transfer.BlobPiece;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsComplete;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsLacking;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsRefused;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsUnreadable;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobReceiver;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobSender;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/** Writes and reads {@link HostFrame} as CBOR, and nothing else. */
public final class HostSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    /** By which Akka knows it; the one before is that of the messages of workers. */
    public static final int IDENTIFIER = 0x50424F59;

    /** The form of types that know nothing of Jackson. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = BlobPiece.class, name = "p"),
        @JsonSubTypes.Type(value = BlobsUnreadable.class, name = "u")
    })
    private interface SenderTypes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = BlobsLacking.class, name = "l"),
        @JsonSubTypes.Type(value = BlobAcknowledged.class, name = "a"),
        @JsonSubTypes.Type(value = BlobsComplete.class, name = "c"),
        @JsonSubTypes.Type(value = BlobsRefused.class, name = "r")
    })
    private interface ReceiverTypes {}

    private final ObjectWriter writer;
    private final ObjectReader contact;
    private final ObjectReader fromHost;
    private final ObjectReader fromMaster;
    private final ObjectReader request;
    private final ObjectReader grant;

    /** Called by Akka. */
    public HostSerializer(ExtendedActorSystem system) {
        CBORMapper mapper = CBORMapper.builder()
                .addModule(new Jdk8Module())
                .addMixIn(FromBlobSender.class, SenderTypes.class)
                .addMixIn(FromBlobReceiver.class, ReceiverTypes.class)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        writer = mapper.writer();
        contact = mapper.readerFor(HostFrame.Contact.class);
        fromHost = mapper.readerFor(HostFrame.ToMaster.class);
        fromMaster = mapper.readerFor(HostFrame.ToHost.class);
        request = mapper.readerFor(HostFrame.LeaseRequest.class);
        grant = mapper.readerFor(HostFrame.LeaseGrant.class);
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof HostFrame.ToMaster) {
            return "h";
        } else if (message instanceof HostFrame.ToHost) {
            return "m";
        } else if (message instanceof HostFrame.LeaseRequest) {
            return "r";
        } else if (message instanceof HostFrame.LeaseGrant) {
            return "g";
        }
        return "c";
    }

    @Override
    public byte[] toBinary(Object message) {
        try {
            return writer.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        buffer.put(toBinary(message));
    }

    @Override
    public HostFrame fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return fromBinary(bytes, manifest);
    }

    @Override
    public HostFrame fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return reader(manifest).readValue(bytes);
        } catch (NotSerializableException unknown) {
            throw unknown;
        } catch (IOException broken) {
            throw (NotSerializableException)
                    new NotSerializableException("A broken message: " + broken.getMessage()).initCause(broken);
        }
    }

    private ObjectReader reader(String manifest) throws NotSerializableException {
        return switch (manifest) {
            case "c" -> contact;
            case "h" -> fromHost;
            case "m" -> fromMaster;
            case "r" -> request;
            case "g" -> grant;
            default -> throw new NotSerializableException("No message of this library: " + manifest);
        };
    }
}
