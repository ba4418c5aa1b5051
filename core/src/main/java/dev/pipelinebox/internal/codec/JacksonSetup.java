package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/** The one Jackson set-up for arguments, results and parameters. */
final class JacksonSetup {

    static final ObjectMapper VALUES = values();

    private JacksonSetup() {}

    private static ObjectMapper values() {
        CBORFactory factory =
                CBORFactory.builder().streamReadConstraints(withoutLimits()).build();
        CBORMapper mapper = CBORMapper.builder(factory)
                .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule(JsonCreator.Mode.DEFAULT))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .build();
        SealedTypes sealed = new SealedTypes();
        mapper.setAnnotationIntrospectors(
                AnnotationIntrospectorPair.pair(mapper.getSerializationConfig().getAnnotationIntrospector(), sealed),
                AnnotationIntrospectorPair.pair(
                        mapper.getDeserializationConfig().getAnnotationIntrospector(), sealed));
        return mapper;
    }

    /** The size of a payload is limited before it is read. */
    private static StreamReadConstraints withoutLimits() {
        StreamReadConstraints.Builder constraints = StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE);
        try {
            return constraints.maxNameLength(Integer.MAX_VALUE).build();
        } catch (NoSuchMethodError noLimitBeforeJackson216) {
            return constraints.build();
        }
    }
}
