module com.example.squares {
    requires dev.pipelinebox.core;

    opens com.example.squares to
            dev.pipelinebox.core;
    opens com.example.tasks to
            com.fasterxml.jackson.databind;
}
