package application

import akka.actor.typed.ActorSystem
import akka.actor.typed.scaladsl.AskPattern._
import akka.actor.typed.scaladsl.Behaviors
import akka.stream.scaladsl.{Sink, Source}
import akka.util.Timeout
import dev.pipelinebox.Master
import dev.pipelinebox.actor.MasterMessage
import dev.pipelinebox.actor.MasterMessage.RunTask
import dev.pipelinebox.api.{TaskOptions, TaskResult, Worker}
import scala.concurrent.Await
import scala.concurrent.duration._

class Shouter extends Worker[String, String] {
  override def runTask(word: String): String = s"${word.toUpperCase} in ${util.Properties.versionString}"
}

object Application {

  implicit val patience: Timeout = 1.minute

  def main(arguments: Array[String]): Unit = {
    implicit val system: ActorSystem[Nothing] = ActorSystem[Nothing](Behaviors.empty[Nothing], "application")
    val master: Master[String, String] = Master.of(classOf[Shouter]).actorSystem(system).start()
    try {
      master.addWorker()
      val answer = master.ref().ask[TaskResult[String]](new RunTask(
        "asked", TaskOptions.defaults(), _): MasterMessage[String, String])
      println("passed: " + Await.result(answer, 1.minute).value())
      val streamed = Source(List("streamed")).via(master.flow()).map(_.value()).runWith(Sink.head)
      println("passed: " + Await.result(streamed, 1.minute))
    } finally {
      master.close()
      system.terminate()
      Await.result(system.whenTerminated, 1.minute)
    }
    println("passed: all")
  }
}
